namespace FastRnn.Cli.GradientFlow;

/// <summary>How large the gradient of a state is, by its distance from the loss.</summary>
/// <param name="Name">The state's.</param>
/// <param name="Norms">Entry d is the norm d steps before the end, as a multiple of that of the output h at the end.</param>
internal sealed record StateFlow(string Name, IReadOnlyList<double> Norms)
{
    /// <summary>By what the norm is multiplied a step, on the average over the whole way; null if nothing arrives, or all is lost on the way.</summary>
    public double? FactorPerStep => Norms.Count > 1 && Norms[0] > 0 && Norms[^1] > 0 ? Math.Pow(Norms[^1] / Norms[0], 1.0 / (Norms.Count - 1)) : null;
}
