using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>Attention by the dot product (Luong, Pham and Manning 2015), scaled if the declaration says so (Vaswani et al. 2017).</summary>
internal sealed class DotAttentionOperator : AttentionOperator
{
    /// <inheritdoc/>
    protected override double Score(ReferenceStep step, double[] query, double[] key) =>
        step.Layer.Wiring.Rate * ReferenceOperations.Dot(query, key);
}
