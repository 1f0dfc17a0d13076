using FastRnn.Testing;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>How far from the equations in double precision a result may be, relative to the largest number of its tensor.</summary>
internal static class Bounds
{
    /// <summary>Below this a tensor counts as zero, whose error cannot be relative.</summary>
    public const double Floor = ErrorBound.Floor;

    public static double Forward(Experiment experiment) => ErrorBound.Forward(experiment.Info, experiment.Steps);

    public static double Backward(Experiment experiment) => ErrorBound.Backward(experiment.Info, experiment.Steps);

    /// <summary>The largest magnitude.</summary>
    public static double Magnitude(ReadOnlySpan<float> values) => ErrorBound.Magnitude(values);
}
