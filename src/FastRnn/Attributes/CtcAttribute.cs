namespace FastRnn;

/// <summary>Connectionist temporal classification (Graves et al. 2006), from logits at each step against a sequence of labels whose places
/// nobody knows: the negative logarithm of the probability of the labels, over all ways to lay them along the steps. Class 0 is the blank,
/// as PyTorch has it, so labels are 1 to n - 1; they are <c>SequenceBatch.TargetTokens</c>, and <c>TargetLengths</c> says how many each
/// sequence has. One loss a sequence: PyTorch's <c>CTCLoss(reduction="sum")</c> of <c>log_softmax</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CtcAttribute : Attribute
{
    /// <summary>Whether a sequence that has fewer steps than its labels take (one each, and one between two that are the same) does not
    /// count: neither in the loss nor in a mean. Otherwise it is an error that names the sequence; PyTorch's loss would be
    /// infinite.</summary>
    public bool ZeroInfinity { get; init; }

    /// <summary>Sum over the sequences (the default) or their mean; PyTorch's mean divides by the number of labels as well.</summary>
    public Reduction Reduction { get; init; } = Reduction.Sum;
}
