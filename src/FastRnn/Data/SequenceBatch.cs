namespace FastRnn.Data;

/// <summary>A batch of sequences, of one length or of many, for a step of training or a pass of inference; views of the caller's memory,
/// nothing is copied before the pass and nothing kept after it.
/// <para>Three layouts of everything that has one entry a position (<see cref="X"/>, <see cref="Tokens"/>, <see cref="Present"/>,
/// <see cref="Targets"/>, <see cref="TargetTokens"/>, <see cref="Weights"/>):</para>
/// <list type="bullet">
/// <item>without <see cref="Lengths"/>: time-major, <c>[T, B, ...]</c>, all sequences as long as T;</item>
/// <item>with <see cref="Lengths"/>: ragged, one sequence behind the other, <c>[T_0 + T_1 + ..., ...]</c>, in any order of lengths;</item>
/// <item>with <see cref="Lengths"/> and <see cref="IsPadded"/>: time-major, <c>[T, B, ...]</c>, T at least the longest length; what
/// stands behind the end of a sequence is never read.</item>
/// </list>
/// <para>A model that puts out one vector a sequence (after <c>[Pool]</c>) has one target a sequence, <c>[B, ...]</c>, in each
/// layout.</para></summary>
public readonly ref struct SequenceBatch
{
    /// <summary>The input of a model that reads vectors: I numbers a position.</summary>
    public ReadOnlySpan<float> X { get; init; }

    /// <summary>The input of a model that reads tokens: one a position, each from 0 to Vocabulary - 1; of a model with K inputs of tokens
    /// K a position, in declared order, beside <see cref="X"/> if there is an input of vectors as well.</summary>
    public ReadOnlySpan<int> Tokens { get; init; }

    /// <summary><c>[B]</c>: the length of each sequence; empty if all are equally long. A sequence of length 0 has no outputs, and its
    /// first state is its last; a model that pools its steps refuses it.</summary>
    public ReadOnlySpan<int> Lengths { get; init; }

    /// <summary>Whether everything is padded to the longest sequence or beyond it, time-major. Only with <see cref="Lengths"/>.</summary>
    public bool IsPadded { get; init; }

    /// <summary>One a position: false where the input is missing. The model then reads zeros, whatever stands there. Empty: nothing is
    /// missing.</summary>
    public ReadOnlySpan<bool> Present { get; init; }

    /// <summary>What a model for numbers should put out: O numbers a position, and with <c>[Quantile]</c> one for all quantiles of a
    /// target, with <c>[Loss&lt;TLoss&gt;]</c> one for all outputs that the equations compare with it
    /// (<see cref="ModelInfo.TargetSize"/>).</summary>
    public ReadOnlySpan<float> Targets { get; init; }

    /// <summary>What a model for tokens should put out: one a position; of several heads that classify one for each, in declared order,
    /// beside <see cref="Targets"/> if others are trained with numbers.</summary>
    public ReadOnlySpan<int> TargetTokens { get; init; }

    /// <summary><c>[B]</c>: the number of labels of each sequence, for a model with <c>[Ctc]</c>, whose <see cref="TargetTokens"/> are
    /// labels in every layout: those of one sequence after the other, <c>[U_0 + U_1 + ...]</c>, from 1 on, because 0 is the blank. Empty
    /// if all have as many. <see cref="Weights"/> are one a sequence then.</summary>
    public ReadOnlySpan<int> TargetLengths { get; init; }

    /// <summary>The weight of each position in the loss, finite and at least 0: a mask where it is 0 or 1. The target of a position of
    /// weight 0 is never read. Empty: all 1. With <see cref="Reduction.Mean"/> the loss is divided by their sum; where labels have
    /// <see cref="RunOptions.ClassWeights"/>, each is multiplied by that of its label first. If all are 0, loss and
    /// gradient are 0.</summary>
    public ReadOnlySpan<float> Weights { get; init; }

    /// <summary><c>[B, C]</c>: the vector from which a model with <c>[Condition]</c> starts.</summary>
    public ReadOnlySpan<float> Condition { get; init; }

    /// <summary>The vectors that the encoder of a model with <c>[Encoder]</c> reads; laid out like <see cref="X"/>, by
    /// <see cref="SourceLengths"/>.</summary>
    public ReadOnlySpan<float> SourceX { get; init; }

    /// <summary>The tokens that the encoder of a model with <c>[Encoder]</c> reads; laid out like <see cref="Tokens"/>, by
    /// <see cref="SourceLengths"/>.</summary>
    public ReadOnlySpan<int> SourceTokens { get; init; }

    /// <summary><c>[B]</c>: the length of each source; empty if all are equally long. A source of length 0 hands over the encoder's first
    /// state; a model that pools or attends to its source refuses it.</summary>
    public ReadOnlySpan<int> SourceLengths { get; init; }

    /// <summary>Sequences of one length, time-major.</summary>
    internal static SequenceBatch Of(Inputs inputs, Targets targets = default) =>
        new() { X = inputs.Vectors, Tokens = inputs.Tokens, Targets = targets.Numbers, TargetTokens = targets.Tokens };
}
