using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>An operand of a panel: a vector of <c>Length</c> numbers that each of some accumulators multiplies with weights of its
/// own.</summary>
/// <param name="Length">Its length.</param>
/// <param name="Terms">One for each accumulator that it feeds.</param>
/// <param name="IsPaired">Whether a panel of bfloat16 weights holds two elements in each word.</param>
/// <param name="IsToken">Whether it is a one-hot vector, given by its token.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed record PanelOperand(int Length, IReadOnlyList<PanelTerm> Terms, bool IsPaired = false, bool IsToken = false)
{
    /// <summary>Words of one weight's column in a panel of bfloat16 weights.</summary>
    public int PairedLength => IsPaired ? (Length + 1) / 2 : Length;
}
