using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>Attention by <c>v . tanh(query + key)</c> (Bahdanau, Cho and Bengio 2015); v is the layer's only parameter.</summary>
internal sealed class AdditiveAttentionOperator : AttentionOperator
{
    /// <inheritdoc/>
    protected override double Score(ReferenceStep step, double[] query, double[] key) =>
        ReferenceOperations.AdditiveScore(step.Parameters, query, key);
}
