using FastRnn.Testing;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>Outputs and gradients of a model, at every width, against its equations in double precision and their finite
/// differences.</summary>
internal static class GradientCheck
{
    /// <summary>A step across which no kink of a piecewise function lies, if one is lucky; the seeds were.</summary>
    public const double KinkedStep = 1e-5;

    /// <summary>Multiply-adds of the reference that a case may cost.</summary>
    private const double Work = 5e7;

    public static void Run(string name, int steps, int batch, int seed, double step = FiniteDifferences.DefaultStep)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, steps, batch, seed);
        var oracle = GradientOracle.OfLinearLoss(experiment);
        var reference = oracle.Run(oracle.Point);

        // A step of the reference costs its multiply-adds and about a thousand times as much for being slow and obvious.
        var run = (double)steps * batch * model.Info.Layers.Sum(layer => layer.MultiplyAdds + 1000);
        var probes = Probe.Of(oracle, (long)(Work / run), step, seed);

        foreach (var width in TestWidths.All)
        {
            var got = model.Backpropagate(experiment, width, threads: 1);
            Outputs(experiment, reference, got);
            var noise = 1e-15 * experiment.DOutput.Length / step;
            Gradients(probes, Gradients(experiment, got), Bounds.Backward(experiment), noise);
        }
    }

    /// <summary>Gradients of everything, one tensor after the other, as in the oracle; embedded tokens are no tensor of it.</summary>
    private static float[] Gradients(Experiment experiment, Recording got) =>
        [.. got.Gradients, .. experiment.ReadsTokens ? [] : got.DInput,
            .. got.DStates.SelectMany(layer => layer.SelectMany(state => state))];

    /// <summary>The probes against the gradients.</summary>
    public static void Gradients(List<Probe> probes, float[] gradients, double bound, double noise)
    {
        var failures = new List<string>();
        foreach (var probe in probes)
        {
            var got = probe.Of(gradients);
            var magnitude = Bounds.Magnitude(gradients.AsSpan(probe.Offset, probe.Direction.Length));
            var tolerance = bound * magnitude + noise;

            // Turned this way round, NaN is a failure.
            if (!(Math.Abs(got - probe.Expected) <= tolerance))
                failures.Add(
                    $"{probe.What}: expected {probe.Expected:r} ± {tolerance:e1}, got {got:r}, off by {Math.Abs(got - probe.Expected):e1}");
        }

        if (failures.Count > 0)
            Assert.Fail($"{failures.Count} of {probes.Count} derivatives:\n{string.Join('\n', failures.Take(20))}");
    }

    private static void Outputs(Experiment experiment, ReferenceResult reference, Recording got)
    {
        var bound = Bounds.Forward(experiment);
        Close("outputs", [.. reference.Outputs.SelectMany(step => step.SelectMany(row => row))], got.Outputs, bound);
        for (var l = 0; l < got.States.Length; l++)
        {
            for (var s = 0; s < got.States[l].Length; s++)
                Close($"state {s} of layer {l}", [.. reference.States[l][s].SelectMany(row => row)], got.States[l][s], bound);
        }
    }

    private static void Close(string what, double[] expected, float[] got, double bound)
    {
        Assert.Equal(expected.Length, got.Length);
        var tolerance = bound * Math.Max(Bounds.Floor, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - got[i]) <= tolerance))
                Assert.Fail($"{what}[{i}]: expected {expected[i]:r} ± {tolerance:e1}, got {got[i]:r}");
        }
    }
}
