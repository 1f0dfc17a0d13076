using System.Globalization;

using FastRnn.Files;

namespace FastRnn.Training;

/// <summary>The numbers of an optimizer as a text of a checkpoint, <c>beta1=0.9 beta2=0.999 epsilon=1e-08</c>: a run that goes on goes on
/// with those of the file, whatever the program says, as PyTorch's <c>load_state_dict</c> has it.</summary>
internal static class OptimizerNumbers
{
    /// <summary>Where a checkpoint keeps them.</summary>
    public const string MetadataKey = "fastrnn.optimizer_numbers";

    /// <summary>What of the program's was replaced: in the texts that <see cref="Trainer{TModel}.Restore"/> returns, never in a
    /// file.</summary>
    public const string ReplacedKey = MetadataKeys.Replaced;

    /// <summary>All numbers but the learning rate, which is a tensor of its own.</summary>
    public static string ToText(Optimizer optimizer) =>
        string.Join(' ', optimizer.Numbers.Select(number => $"{number.Name}={Text(number.Value)}"));

    /// <summary>The numbers of a text, in the order of the optimizer's own.</summary>
    /// <exception cref="ModelFileException">It is another text than such an optimizer writes.</exception>
    public static float[] Parse(string text, Optimizer optimizer, string path)
    {
        var (names, parts) = (optimizer.Numbers, text.Length == 0 ? [] : text.Split(' '));
        var values = new float[names.Length];
        var isRight = parts.Length == names.Length;
        for (var i = 0; isRight && i < values.Length; i++)
        {
            isRight = parts[i].StartsWith(names[i].Name + "=", StringComparison.Ordinal) && float.TryParse(
                parts[i].AsSpan(names[i].Name.Length + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]);
        }

        return isRight
            ? values
            : throw new ModelFileException(
                path, $"metadata '{MetadataKey}': expected {string.Join(' ', names.Select(n => n.Name + "=..."))}, got '{text}'");
    }

    /// <summary>Gives an optimizer the numbers of a file.</summary>
    /// <param name="optimizer">The optimizer; as before if a number is out of its range.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="numbers">The others; null if the file does not say them.</param>
    /// <param name="path">The file.</param>
    /// <returns>What was replaced, in words; null if all were the same.</returns>
    /// <exception cref="ModelFileException">A number is out of its range.</exception>
    public static string? Restore(Optimizer optimizer, float rate, float[]? numbers, string path)
    {
        var before = optimizer.Numbers;
        var replaced = new List<string>();
        if (rate != optimizer.LearningRate)
        {
            replaced.Add($"learning_rate {Text(rate)} in place of {Text(optimizer.LearningRate)}");
        }

        try
        {
            optimizer.SetNumbers(numbers ?? [.. before.Select(number => number.Value)]);
        }
        catch (ArgumentOutOfRangeException e)
        {
            optimizer.SetNumbers([.. before.Select(number => number.Value)]);
            throw new ModelFileException(path, $"metadata '{MetadataKey}': {e.Message}", e);
        }

        for (var i = 0; numbers is not null && i < before.Length; i++)
        {
            if (numbers[i] != before[i].Value)
            {
                replaced.Add($"{before[i].Name} {Text(numbers[i])} in place of {Text(before[i].Value)}");
            }
        }

        optimizer.LearningRate = rate;
        return replaced.Count == 0 ? null : string.Join(", ", replaced);
    }

    private static string Text(float number) => number.ToString("r", CultureInfo.InvariantCulture);
}
