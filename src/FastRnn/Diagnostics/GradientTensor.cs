namespace FastRnn.Diagnostics;

/// <summary>Numbers whose gradients are checked together.</summary>
/// <param name="Name">For people.</param>
/// <param name="Offset">Where they begin among all numbers.</param>
/// <param name="Count">How many there are.</param>
internal sealed record GradientTensor(string Name, int Offset, int Count);
