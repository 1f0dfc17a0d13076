namespace FastRnn.Cli.GradientFlow;

/// <summary>The spectrum of a step.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Radius">The largest magnitude of an eigenvalue of its Jacobian; null if it is not finite.</param>
/// <param name="Norm">Its largest singular value; null if it is not finite.</param>
internal sealed record StepRadius(int Step, double? Radius, double? Norm);
