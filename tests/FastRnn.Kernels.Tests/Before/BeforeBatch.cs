namespace FastRnn.Tests.Before;

/// <summary>The numbers of a batch, by a formula that never changes; arrays that the model does not read are empty.</summary>
internal sealed class BeforeBatch
{
    private BeforeBatch(BeforeShape shape, int number, int[] lengths, int[] sourceLengths)
    {
        var (positions, sources) = (lengths.Sum(), sourceLengths.Sum());
        var outputs = shape.HasOneOutput ? lengths.Length : positions;
        (Count, Lengths) = (lengths.Length, lengths);
        SourceLengths = shape.HasSource ? sourceLengths : [];
        X = shape.Vocabulary > 0 ? [] : Numbers(positions * shape.InputSize, number);
        Tokens = shape.Vocabulary > 0 ? Choices(positions, shape.Vocabulary, number) : [];
        SourceX = shape.HasSource && shape.SourceVocabulary == 0 ? Numbers(sources * shape.SourceSize, number + 100) : [];
        SourceTokens = shape.SourceVocabulary > 0 ? Choices(sources, shape.SourceVocabulary, number + 100) : [];
        Condition = Numbers(lengths.Length * shape.ConditionSize, number + 200);

        // Between 0 and 1: right for squares as well as for probabilities.
        Targets = shape.Classes ? [] : [.. Numbers(outputs * shape.OutputSize, number + 300).Select(value => (value + 1) / 2)];
        TargetTokens = shape.Classes ? Choices(outputs, shape.OutputSize, number + 300) : [];
        Present = !shape.CanMiss ? [] : [.. Enumerable.Range(0, positions).Select(i => (i + number) % 5 != 3)];
        Weights = [.. Enumerable.Range(0, outputs).Select(i => (i + number) % 4 * 0.5f)];
        OutputCount = outputs * shape.OutputSize;
    }

    public int Count { get; }

    public int[] Lengths { get; }

    public int[] SourceLengths { get; }

    public float[] X { get; }

    public int[] Tokens { get; }

    public float[] SourceX { get; }

    public int[] SourceTokens { get; }

    public float[] Condition { get; }

    public float[] Targets { get; }

    public int[] TargetTokens { get; }

    /// <summary>Some inputs of a ragged batch are missing.</summary>
    public bool[] Present { get; }

    /// <summary>Some positions of a ragged batch weigh nothing, others more.</summary>
    public float[] Weights { get; }

    /// <summary>Numbers of all outputs.</summary>
    public int OutputCount { get; }

    /// <summary>Five sequences of one to nine steps.</summary>
    public static BeforeBatch Ragged(BeforeShape shape, int number) => new(shape, number, [6, 1, 9, 4, 3], [4, 7, 2, 5, 3]);

    /// <summary>Some steps of a few streams: time-major, and with inputs for the steps of a generator as well.</summary>
    public static BeforeBatch Window(BeforeShape shape, int number, int steps, int streams) =>
        new(shape, number, [.. Enumerable.Repeat(steps, streams)], [.. Enumerable.Range(2, streams)]);

    /// <summary>Multiples of 1/64 from -1 to 1: exact, whoever computes them.</summary>
    private static float[] Numbers(int count, int number) =>
        [.. Enumerable.Range(0, count).Select(i => (((i * 37) + (i / 7 * 11) + (number * 23)) % 129 - 64) / 64f)];

    private static int[] Choices(int count, int size, int number) =>
        [.. Enumerable.Range(0, count).Select(i => ((i * 5) + (i / 3) + (i / 11) + (number * 7)) % size)];
}
