namespace FastRnn;

/// <summary>The quantile (pinball) loss of a position, averaged over its n outputs (Koenker and Bassett 1978): of an output z for the
/// quantile q of a target y it is <c>max(q (y - z), (q - 1) (y - z))</c>, so that a forecast too low costs q and one too high 1 - q for
/// each unit; gradient <c>-q</c> or <c>1 - q</c>, 0 where both are equal.
/// <para>A model of Q quantiles and O outputs has O / Q numbers as the target of a position. Outputs lie target by target, and for each
/// target quantile by quantile: output <c>t Q + k</c> is <c>Quantiles[k]</c> of target t.</para></summary>
/// <param name="quantiles">Each above 0 and below 1, ascending: <c>[Quantile(0.1, 0.5, 0.9)]</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class QuantileAttribute(params double[] quantiles) : Attribute
{
    /// <summary>The quantiles of each target, ascending.</summary>
    public IReadOnlyList<double> Quantiles { get; } = quantiles;

    /// <summary>Sum over the positions (the default) or their mean.</summary>
    public Reduction Reduction { get; init; } = Reduction.Sum;
}
