using FastRnn.Compiler;

namespace FastRnn.Tables.Preparing;

/// <summary>How a model reads categories: as a token, for which it learns a vector. Token 0 is a label that is missing or was not learned.
/// All that depends on it stands here.</summary>
internal static class CategoryInputs
{
    /// <summary>A column of more labels is not read.</summary>
    public const int MostLabels = 10_000;

    /// <summary>The token of a label that is missing or was not learned.</summary>
    public const int Unknown = 0;

    private const int LongestVector = 16;

    // So often a label is taken away while it is learned: so the vector of what is unknown is learned as well.
    private const int UnknownOneIn = 50;

    /// <summary>How many tokens there are.</summary>
    public static int Vocabulary(PreparedInput input) => input.Labels!.Count + 1;

    /// <summary>The token of a label.</summary>
    /// <param name="place">The label's place, or -1.</param>
    public static int Token(int place) => place + 1;

    /// <summary>Tokens as they are learned: one in fifty is taken away, the same ones each time.</summary>
    public static void TakeAway(Span<int> tokens, int seed)
    {
        var random = new Random(seed);
        foreach (ref var token in tokens)
        {
            if (random.Next(UnknownOneIn) == 0)
                token = Unknown;
        }
    }

    /// <summary>What the model's declaration begins with: the numbers, then a vector for each column of categories, half as long as there
    /// are labels, 2 to 16.</summary>
    public static IEnumerable<ModelPart> Parts(TablePreparation preparation)
    {
        if (preparation.Width > 0)
            yield return ModelPart.Input(preparation.Width);
        foreach (var input in preparation.Categories)
            yield return ModelPart.Embedding(Vocabulary(input), Math.Clamp((input.Labels!.Count + 1) / 2, 2, LongestVector));
    }
}
