namespace FastRnn.Data;

/// <summary>A text in two parts: the first to learn from, the rest to validate on. Neither is a copy.</summary>
/// <param name="Training">The first part.</param>
/// <param name="Validation">The rest.</param>
public readonly record struct TrainValidationSplit(ReadOnlyMemory<int> Training, ReadOnlyMemory<int> Validation)
{
    /// <summary>The share of a text to learn from, in percent, unless said otherwise.</summary>
    public const int DefaultTrainingPercent = 90;

    /// <summary>Cuts a text after its first percents, rounded down.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="trainingPercent">The share to learn from, 1 to 99.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 1 to 99.</exception>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static TrainValidationSplit Of(ReadOnlyMemory<int> tokens, int trainingPercent = DefaultTrainingPercent)
    {
        CheckPercent(trainingPercent);
        if (tokens.IsEmpty)
        {
            throw new ArgumentException("The text is empty.", nameof(tokens));
        }

        var cut = (int)((long)tokens.Length * trainingPercent / 100);
        return new TrainValidationSplit(tokens[..cut], tokens[cut..]);
    }

    /// <summary>Tokens of the shortest text whose parts have at least the given lengths.</summary>
    /// <param name="training">Tokens to learn from.</param>
    /// <param name="validation">Tokens to validate on.</param>
    /// <param name="trainingPercent">The share to learn from, 1 to 99.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 1 to 99, or a length is negative.</exception>
    public static long RequiredTokens(long training, long validation, int trainingPercent = DefaultTrainingPercent)
    {
        CheckPercent(trainingPercent);
        ArgumentOutOfRangeException.ThrowIfNegative(training);
        ArgumentOutOfRangeException.ThrowIfNegative(validation);
        var validationPercent = 100 - trainingPercent;
        var forTraining = ((training * 100) + trainingPercent - 1) / trainingPercent;

        // n - floor(n p / 100) = ceil(n (100 - p) / 100) reaches v with the first n above 100 (v - 1) / (100 - p).
        var forValidation = validation == 0 ? 0 : ((validation - 1) * 100 / validationPercent) + 1;
        return Math.Max(forTraining, forValidation);
    }

    private static void CheckPercent(int trainingPercent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trainingPercent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trainingPercent, 99);
    }
}
