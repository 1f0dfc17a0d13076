namespace FastRnn.Cli.Gradients;

/// <summary>The worst error of some gradients.</summary>
/// <param name="Name">The tensor where it is.</param>
/// <param name="Relative">Relative to the largest number of that tensor; infinite if a number is missing or none.</param>
internal sealed record GradientError(string Name, double Relative)
{
    public static GradientError Worst(IReadOnlyList<NamedGradient> expected, IReadOnlyList<NamedGradient> got) =>
        expected.Zip(got, Of).MaxBy(error => error.Relative)!;

    private static GradientError Of(NamedGradient expected, NamedGradient got)
    {
        if (expected.Name != got.Name || expected.Values.Length != got.Values.Length)
        {
            throw new InvalidOperationException($"Gradients of different tensors: {expected.Name} and {got.Name}.");
        }

        var scale = expected.Values.Max(Math.Abs);
        if (scale == 0)
        {
            throw new InvalidOperationException($"The gradient of {expected.Name} is zero: the problem asks nothing.");
        }

        // Max would step over NaN.
        var errors = expected.Values.Zip(got.Values, (a, b) => double.IsFinite(b) ? Math.Abs(a - b) / scale : double.PositiveInfinity);
        return new GradientError(expected.Name, errors.Max());
    }
}
