namespace FastRnn;

/// <summary>Attention over the steps of the encoder: the next layer reads <c>[h_t, c_t]</c>, where h_t is what the layer before says and
/// <c>c_t = sum_s alpha_ts e_s</c>, <c>alpha_t = softmax_s(score(h_t, e_s))</c>, is the context of the encoder's outputs e. A dense layer
/// with <see cref="DenseActivation.Tanh"/> after it makes the attentional state of Luong et al. 2015.</summary>
/// <param name="score">How h_t and e_s are compared.</param>
/// <param name="size">The length A to which both are projected before they are compared, 1 to 65,536. Required by
/// <see cref="AttentionScore.Additive"/>; the others compare h_t and e_s themselves without it, and then both are equally long.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AttentionAttribute(AttentionScore score, int size = 0) : Attribute
{
    /// <summary>How queries and keys are compared.</summary>
    public AttentionScore Score { get; } = score;

    /// <summary>The length to which both are projected; 0 for as they are.</summary>
    public int Size { get; } = size;
}
