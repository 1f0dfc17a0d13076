namespace FastRnn.Cli.Gradients;

/// <summary>The gradient of one tensor.</summary>
/// <param name="Name">For people.</param>
/// <param name="Values">Its numbers.</param>
internal sealed record NamedGradient(string Name, double[] Values);
