using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>How far from the equations in double precision a result may be, relative to the largest number of its tensor.</summary>
internal static class Bounds
{
    /// <summary>Below this a tensor counts as zero, whose error cannot be relative.</summary>
    public const double Floor = 1e-6;

    /// <summary>oneDNN's own: <c>4 ceil(log2(K T)) 2^-23</c>, K the longest sum of products of a step.</summary>
    public static double Forward(Experiment experiment)
    {
        var k = experiment.Info.Layers.Max(layer => layer.InputSize + layer.States.Where(_ => layer.IsRecurrent).Sum(state => state.Size));
        return 4 * Math.Ceiling(Math.Log2((double)k * experiment.Steps)) * Math.Pow(2, -23);
    }

    /// <summary>Twice that.</summary>
    public static double Backward(Experiment experiment) => 2 * Forward(experiment);

    /// <summary>The largest magnitude.</summary>
    public static double Magnitude(ReadOnlySpan<float> values)
    {
        var largest = Floor;
        foreach (var value in values)
            largest = Math.Max(largest, Math.Abs((double)value));
        return largest;
    }
}
