using FastRnn.Data;

namespace FastRnn.Fuzz.Soak;

/// <summary>What is learned: parts of the soak's stream, a sample late and half as loud.</summary>
internal static class SoakData
{
    public const int Batch = 4;

    private const int Sequences = 250;
    private const int Shortest = 8;

    public static SequenceDataset Create()
    {
        var data = new SequenceDataset(SequenceFormat.Of(SoakedLearner.Info));
        var input = new SoakInput(seed: 5);
        for (var i = 0; i < Sequences; i++)
        {
            var x = new float[Shortest + (i % 25)];
            input.Read((long)i * SoakInput.Stretch, x);
            for (var t = 0; t < x.Length; t++)
                x[t] = Math.Clamp(x[t], -10f, 10f);
            data.Add(new() { X = x, Targets = x.Select((_, t) => t == 0 ? 0f : x[t - 1] / 2).ToArray() });
        }

        return data;
    }
}
