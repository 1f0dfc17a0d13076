namespace FastRnn.Data;

/// <summary>Tokens beside those of a text. A vocabulary gives them its last numbers, in this order, so that its other tokens are the same
/// with and without them.</summary>
/// <remarks>There is none for padding: nothing is padded here that a model would read (<see cref="SequenceBatch.Lengths"/>).</remarks>
[Flags]
public enum SpecialTokens
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Stands before the first token: what a generation begins with.</summary>
    Start = 1,

    /// <summary>Stands behind the last token: what a generation ends with.</summary>
    End = 2,

    /// <summary>Stands for whatever the vocabulary does not have.</summary>
    Unknown = 4,

    /// <summary>All three.</summary>
    All = Start | End | Unknown,
}
