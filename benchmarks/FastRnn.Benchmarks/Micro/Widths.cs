namespace FastRnn.Benchmarks.Micro;

/// <summary>The vector width of a benchmark.</summary>
internal static class Widths
{
    /// <summary>Models that are made from now on use this width. Each case has a process of its own.</summary>
    public static void Choose(SimdWidth width) => Environment.SetEnvironmentVariable(SimdWidths.EnvironmentVariable, $"{(int)width}");
}
