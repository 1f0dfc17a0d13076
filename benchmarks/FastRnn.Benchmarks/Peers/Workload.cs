namespace FastRnn.Benchmarks.Peers;

/// <summary>What one side computes.</summary>
/// <param name="Cell">The cell of every layer.</param>
/// <param name="InputSize">Width of the first layer's input.</param>
/// <param name="HiddenSize">Width of every layer's state.</param>
/// <param name="Layers">How many layers.</param>
/// <param name="Batch">Independent sequences.</param>
/// <param name="Steps">Steps of one call.</param>
/// <param name="Kind">What is timed.</param>
/// <param name="Threads">Worker threads.</param>
/// <param name="Precision">Of weights in inference.</param>
/// <param name="Vocabulary">For a whole training step: embedding Vocabulary -> InputSize, dense HiddenSize -> Vocabulary, mean
/// cross-entropy, clip 5, Adam 2e-3.</param>
/// <remarks>With <see cref="Batch"/> 1, inference streams: the state is carried on from call to call. With more, every call starts from
/// zeros.</remarks>
internal sealed partial record Workload(
    CellKind Cell,
    int InputSize,
    int HiddenSize,
    int Layers,
    int Batch,
    int Steps,
    WorkKind Kind,
    int Threads,
    Precision Precision = Precision.Single,
    int Vocabulary = 0)
{
    /// <summary>The lengths of the sequences, <see cref="Steps"/> at most; null: all have that many.</summary>
    public IReadOnlyList<int>? Lengths { get; init; }

    /// <summary>The cell is a user's own: peers compute its equations step by step, in the language of their users.</summary>
    public bool IsOwnCell { get; init; }

    /// <summary>Steps of all sequences together.</summary>
    public int Positions => Lengths?.Sum() ?? Steps * Batch;

    /// <summary>State is carried on between calls.</summary>
    public bool Streams => Batch == 1 && Kind == WorkKind.Inference;

    /// <summary>Row blocks of a weight matrix.</summary>
    public int Gates => Cell switch { CellKind.Lstm => 4, CellKind.Gru => 3, _ => 1 };

    /// <summary>Width of a layer's input.</summary>
    public int InputOf(int layer) => layer == 0 ? InputSize : HiddenSize;
}
