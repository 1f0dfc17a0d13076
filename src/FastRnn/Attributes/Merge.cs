namespace FastRnn;

/// <summary>How the outputs of the two directions of a bidirectional layer become one.</summary>
public enum Merge
{
    /// <summary>One behind the other, <c>[forward, backward]</c>: twice as long.</summary>
    Concat,

    /// <summary>Added.</summary>
    Sum,
}
