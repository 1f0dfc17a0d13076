using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Running;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Certificates;

/// <summary>Holds a generated model against its file.</summary>
internal static class Certifier
{
    /// <summary>What single precision may differ from double, over some dozens of steps.</summary>
    public const double Tolerance = 2e-6;

    // Thirty times larger inputs make sums of hundreds, whose last bits are as much larger.
    private const double ExtremeTolerance = 5e-5;

    /// <summary>Compares both on all inputs.</summary>
    /// <param name="file">The file, run by its own rules.</param>
    /// <param name="network">What was understood of it.</param>
    /// <param name="model">The generated model with the file's numbers.</param>
    public static IReadOnlyList<Comparison> Compare(IForeignModel file, Network network, IRunnable model)
    {
        var run = new SignatureRun(network.Signature, model);
        List<Comparison> comparisons = [];
        foreach (var (name, inputs) in new TrialInputs(network).All())
        {
            var tolerance = name.StartsWith("extreme: 30", StringComparison.Ordinal) ? ExtremeTolerance : Tolerance;
            Add(name, "model against the file's own rules", run.Run(inputs), file.Run(inputs), tolerance);
        }

        foreach (var test in file.TestVectors)
        {
            var expected = test.Outputs;
            Add(test.Name, "model against the file's own test", run.Run(test.Inputs), expected, 10 * Tolerance);
            Add(test.Name, "the file's own rules against its own test", file.Run(test.Inputs), expected, 10 * Tolerance);
        }

        return comparisons;

        void Add(
            string name, string sides, IReadOnlyDictionary<string, Tensor> got, IReadOnlyDictionary<string, Tensor> expected,
            double tolerance)
        {
            // An output that only one side has is a failure.
            foreach (var output in got.Keys.Union(expected.Keys))
            {
                var (left, right) = (got.GetValueOrDefault(output), expected.GetValueOrDefault(output));
                var difference = left is null || right is null ? double.PositiveInfinity : Difference(left, right);
                comparisons.Add(new(name, sides, output, (right ?? left)!.ShapeText(), difference, tolerance));
            }
        }
    }

    /// <summary>The largest |a - b| / max(1, |b|); infinite where shapes differ or a number is none.</summary>
    public static double Difference(Tensor a, Tensor b)
    {
        if (!a.Shape.AsSpan().SequenceEqual(b.Shape))
            return double.PositiveInfinity;
        double largest = 0;
        for (var i = 0; i < a.Count; i++)
        {
            var difference = Math.Abs(a.Values[i] - b.Values[i]) / Math.Max(1, Math.Abs(b.Values[i]));
            if (!(difference <= largest))
                largest = double.IsNaN(difference) ? double.PositiveInfinity : difference;
        }

        return largest;
    }
}
