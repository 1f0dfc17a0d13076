namespace FastRnn.Kernels;

/// <summary>The arguments of attention for one sequence: its queries over its source. Rows are padded to 16 floats, and the padding is
/// 0.</summary>
internal unsafe struct AttentionCall
{
    /// <summary>T: steps that ask.</summary>
    public int Steps;

    /// <summary>S: steps of the source.</summary>
    public int SourceSteps;

    /// <summary>Backward: whether the gradients of keys, values and <see cref="V"/> hold those of later steps already.</summary>
    public bool GoesOn;

    /// <summary>The row of the sequence.</summary>
    public int Row;

    /// <summary>The row of its source.</summary>
    public int SourceRow;

    /// <summary>A, padded: length of queries and keys.</summary>
    public int KeyFloats;

    /// <summary>E, padded: length of values.</summary>
    public int ValueFloats;

    /// <summary>By what a dot product is multiplied.</summary>
    public float Factor;

    /// <summary><c>[A]</c>: the vector of an additive score; null for a dot product.</summary>
    public float* V;

    /// <summary><c>[T, B, A]</c>.</summary>
    public SequenceRows Queries;

    /// <summary><c>[S, B, A]</c>.</summary>
    public SequenceRows Keys;

    /// <summary><c>[S, B, E]</c>.</summary>
    public SequenceRows Values;

    /// <summary><c>[T, B, S]</c>: the attention weights; forward writes them, backward reads them.</summary>
    public SequenceRows Weights;

    /// <summary><c>[T, B, E]</c>: receives the contexts.</summary>
    public SequenceRows Contexts;

    /// <summary><c>[T, B, E]</c>: their gradient.</summary>
    public SequenceRows DContexts;

    /// <summary>Receives the gradient of the queries.</summary>
    public SequenceRows DQueries;

    /// <summary>Receives the gradient of the keys.</summary>
    public SequenceRows DKeys;

    /// <summary>Receives the gradient of the values.</summary>
    public SequenceRows DValues;

    /// <summary><c>[A]</c>: receives this sequence's gradient of <see cref="V"/>.</summary>
    public float* DV;

    /// <summary><c>[S]</c>, padded: room for the gradients of a step's scores.</summary>
    public float* Scratch;
}
