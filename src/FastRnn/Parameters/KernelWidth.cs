namespace FastRnn.Parameters;

/// <summary>Which of a model's kernels are taken.</summary>
internal static class KernelWidth
{
    /// <summary>What <see cref="SimdWidths.Resolve(SimdWidth)"/> says, of the widths for which the model has kernels. Another one may not
    /// be asked for; where none is asked for and the CPU has none of them, it is the narrowest.</summary>
    /// <exception cref="ArgumentException">There are no kernels of <paramref name="width"/>.</exception>
    /// <exception cref="InvalidOperationException">There are no kernels of the width that the environment variable names.</exception>
    public static SimdWidth Resolve(ModelInfo info, SimdWidth width) =>
        Resolve(info, width, Environment.GetEnvironmentVariable(SimdWidths.EnvironmentVariable));

    internal static SimdWidth Resolve(ModelInfo info, SimdWidth width, string? variable)
    {
        // Undefined widths are refused here.
        var resolved = SimdWidths.Resolve(width, variable);
        if (width != SimdWidth.Auto && !info.Widths.Contains(width))
        {
            throw new ArgumentException(Missing(info, width), nameof(width));
        }

        if (width == SimdWidth.Auto && !string.IsNullOrEmpty(variable) && !info.Widths.Contains(resolved))
        {
            throw new InvalidOperationException(
                $"The environment variable {SimdWidths.EnvironmentVariable} is '{variable}': {Missing(info, resolved)}");
        }

        var widest = info.Widths[0];
        foreach (var has in info.Widths)
        {
            widest = has > widest && has <= resolved ? has : widest;
        }

        return widest;
    }

    private static string Missing(ModelInfo info, SimdWidth width) =>
        $"{info.Name} has no kernels of {(int)width} bits. The property FastRnnWidths of its project says which it has: "
            + $"{string.Join(", ", info.Widths.Select(w => (int)w))}.";
}
