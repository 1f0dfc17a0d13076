namespace FastRnn.Tests.Models;

/// <summary>Comparison of floats by their bits: 0 is not -0, and a NaN is the same NaN.</summary>
internal static class Bits
{
    public static void AssertSame(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> got)
    {
        Assert.True(expected.Length == got.Length, $"{what}: expected {expected.Length} numbers, got {got.Length}");
        for (var i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(got[i]))
                Assert.Fail($"{what}[{i}] of {expected.Length}: expected {expected[i]:r}, got {got[i]:r}");
        }
    }

    /// <summary>All that both recordings hold.</summary>
    public static void AssertSame(string what, Recording expected, Recording got)
    {
        foreach (var (left, right) in expected.Tensors().Zip(got.Tensors()))
        {
            Assert.Equal(left.Name, right.Name);
            AssertSame($"{what}: {left.Name}", left.Values, right.Values);
        }
    }
}
