namespace FastRnn.Distributed.Tests.Models;

/// <summary>Comparison of numbers by their bits.</summary>
internal static class Same
{
    public static void Bits(string what, IReadOnlyList<double> expected, IReadOnlyList<double> got)
    {
        Assert.True(expected.Count == got.Count, $"{what}: expected {expected.Count} numbers, got {got.Count}");
        for (var i = 0; i < expected.Count; i++)
        {
            if (BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(got[i]))
            {
                Assert.Fail($"{what}: number {i} of {expected.Count}: expected {expected[i]:r}, got {got[i]:r}");
            }
        }
    }

    public static void Bits(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> got) =>
        Bits(what, [.. Doubles(expected)], Doubles(got));

    private static List<double> Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new List<double>();
        foreach (var value in values)
        {
            doubles.Add(value);
        }

        return doubles;
    }
}
