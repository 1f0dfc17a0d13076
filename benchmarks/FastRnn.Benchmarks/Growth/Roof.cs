namespace FastRnn.Benchmarks.Growth;

/// <summary>A line below which no time can be, at least not while the weights come from where it says.</summary>
/// <param name="Name">At its end.</param>
/// <param name="Class">Its style.</param>
/// <param name="Points">X and nanoseconds.</param>
internal sealed record Roof(string Name, string Class, IReadOnlyList<(double X, double Ns)> Points);
