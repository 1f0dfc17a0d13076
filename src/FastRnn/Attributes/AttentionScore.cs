namespace FastRnn;

/// <summary>How well a step of the decoder, its query q, and a step of the encoder, its key k, fit.</summary>
public enum AttentionScore
{
    /// <summary><c>q . k</c> (Luong et al. 2015).</summary>
    Dot,

    /// <summary><c>q . k / sqrt(A)</c>, A being their length (Vaswani et al. 2017).</summary>
    ScaledDot,

    /// <summary><c>v . tanh(W q + U k + b)</c> (Bahdanau et al. 2015).</summary>
    Additive,
}
