namespace FastRnn.CompilerServices;

/// <summary>A tensor of a weights file.</summary>
/// <param name="Name">Its full name, such as <c>weight_ih_l0</c>.</param>
/// <param name="Parts">The parameters of which it consists, stacked by rows.</param>
public sealed record TensorInfo(string Name, IReadOnlyList<TensorPart> Parts);
