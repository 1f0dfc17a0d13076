namespace FastRnn.Interchange.Networks;

/// <summary>An input or output of the file that holds states.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Axes">Its dimensions in the file's order.</param>
/// <param name="Slices">Which states, in the order along <see cref="Axis.Slice"/>; one if there is no such axis.</param>
internal sealed record StatePort(string Name, IReadOnlyList<Axis> Axes, IReadOnlyList<StateSlice> Slices);
