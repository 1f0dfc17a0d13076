namespace FastRnn.Tests.PyTorch;

/// <summary>Compares with PyTorch's doubles, relative to the largest number of the compared tensor.</summary>
internal static class Closeness
{
    /// <summary>Below this a tensor counts as zero, whose error cannot be relative.</summary>
    private const double Floor = 1e-6;

    /// <summary>The first element that is off by more than the bound, or null.</summary>
    public static string? Difference(string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> got, double bound)
    {
        if (expected.Length != got.Length)
            return $"{what}: expected {expected.Length} numbers, got {got.Length}";

        var scale = Floor;
        foreach (var value in expected)
            scale = Math.Max(scale, Math.Abs(value));

        for (var i = 0; i < expected.Length; i++)
        {
            // Turned this way round, NaN is a difference.
            if (!(Math.Abs(expected[i] - got[i]) <= bound * scale))
                return $"{what}[{i}]: expected {expected[i]:r} ± {bound * scale:e1}, got {got[i]:r}";
        }

        return null;
    }

    public static void AssertClose(string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> got, double bound)
    {
        if (Difference(what, expected, got, bound) is { } difference)
            Assert.Fail(difference);
    }
}
