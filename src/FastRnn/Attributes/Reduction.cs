namespace FastRnn;

/// <summary>How the losses of the <c>T x B</c> positions of a sequence become one number.</summary>
public enum Reduction
{
    /// <summary>Their sum: the loss of BPTT as it is written.</summary>
    Sum,

    /// <summary>Their sum divided by the number of positions (not of elements).</summary>
    Mean,
}
