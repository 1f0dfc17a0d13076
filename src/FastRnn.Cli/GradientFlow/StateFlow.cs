namespace FastRnn.Cli.GradientFlow;

/// <summary>How large the gradient of a state is, by its distance from the loss.</summary>
/// <param name="Name">The state's.</param>
/// <param name="Norms">Entry d is the norm d steps before the end, as a multiple of that of the output h at the end; null where it is not
/// finite: it exploded.</param>
internal sealed record StateFlow(string Name, IReadOnlyList<double?> Norms)
{
    /// <summary>By what the norm is multiplied a step, on the average over the whole way; null if nothing arrives, or all is lost on the
    /// way.</summary>
    public double? FactorPerStep => Norms.Count > 1 && Norms[0] is > 0 and { } first && Norms[^1] is > 0 and { } last
        ? Math.Pow(last / first, 1.0 / (Norms.Count - 1)) : null;
}
