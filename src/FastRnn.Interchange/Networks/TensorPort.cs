namespace FastRnn.Interchange.Networks;

/// <summary>An input or output of the file.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Axes">Its dimensions in the file's order. Tokens have no <see cref="Axis.Feature"/>; the output of a pooled model has no
/// <see cref="Axis.Time"/>.</param>
internal sealed record TensorPort(string Name, IReadOnlyList<Axis> Axes);
