using FastRnn.Compiler;

namespace FastRnn.Tables.Preparing;

/// <summary>How a model reads categories: as a number for each label, 1 at its own place, all 0 where the label is missing or was not
/// learned. All that depends on it stands here.</summary>
internal static class CategoryInputs
{
    /// <summary>A column of more labels is not read: each is an input of the model.</summary>
    public const int MostLabels = 256;

    /// <summary>Numbers of a row that a column of categories takes.</summary>
    public static int Width(PreparedInput input) => input.Labels!.Count;

    /// <summary>What they are called.</summary>
    public static IEnumerable<string> Names(PreparedInput input) => input.Labels!.Select(label => $"{input.Name} = {label}");

    /// <summary>Writes them.</summary>
    /// <param name="code">The label's place, or -1.</param>
    /// <param name="to">Receives <see cref="Width"/> numbers.</param>
    public static void Write(int code, Span<float> to)
    {
        to.Clear();
        if (code >= 0)
            to[code] = 1;
    }

    /// <summary>What the model's declaration begins with.</summary>
    public static IEnumerable<ModelPart> Parts(TablePreparation preparation) => [ModelPart.Input(preparation.Width)];
}
