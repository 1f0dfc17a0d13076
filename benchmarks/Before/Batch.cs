namespace FastRnn.Before;

/// <summary>A batch for training or inference: the same numbers in every process.</summary>
internal sealed class Batch
{
    public Batch(Sizes sizes, int[] lengths)
    {
        Lengths = lengths;
        Longest = lengths.Max();
        var (positions, random) = (lengths.Sum(), new Random(1));
        var outputs = sizes.HasOneOutput ? lengths.Length : positions;
        X = sizes.Vocabulary > 0 ? [] : Numbers(positions * sizes.Input);
        Tokens = sizes.Vocabulary > 0 ? Choices(random, positions, sizes.Vocabulary) : [];
        SourceX = Numbers(positions * sizes.Source);
        SourceLengths = sizes.Source > 0 ? lengths : [];
        Targets = Choices(random, outputs, sizes.Output);
        OutputCount = outputs * sizes.Output;
    }

    public int[] Lengths { get; }

    public int Longest { get; }

    public float[] X { get; }

    public int[] Tokens { get; }

    public float[] SourceX { get; }

    public int[] SourceLengths { get; }

    public int[] Targets { get; }

    public int OutputCount { get; }

    public static int[] Equal(int rows, int steps) => [.. Enumerable.Repeat(steps, rows)];

    /// <summary>64 lengths from 1 to 63, in any order; their sum is that of 64 sequences of 32 steps.</summary>
    public static int[] Ragged() => [.. Enumerable.Range(0, 64).Select(b => 1 + (b * 37 % 63))];

    public static float[] Numbers(int count)
    {
        var (values, random) = (new float[count], new Random(2));
        foreach (ref var value in values.AsSpan())
        {
            value = random.NextSingle() - 0.5f;
        }

        return values;
    }

    private static int[] Choices(Random random, int count, int size) => [.. Enumerable.Range(0, count).Select(_ => random.Next(size))];
}
