namespace FastRnn.Benchmarks.Peers;

/// <summary>What a whole training step starts from besides the layers' weights, one after the other in <see cref="PeerInput.X"/>: the
/// embedding [Vocabulary, Input], the dense layer's weight [Vocabulary, Hidden] and bias [Vocabulary], tokens and targets [Steps,
/// Batch], or, of sequences of many lengths, one sequence after the other.</summary>
internal readonly ref struct WholeStepInput
{
    public WholeStepInput(Workload workload, ReadOnlySpan<float> x)
    {
        var (vocabulary, positions) = (workload.Vocabulary, workload.Positions);
        if (x.Length != Length(workload))
        {
            throw new ArgumentException($"Input of a whole training step: expected {Length(workload)} numbers, got {x.Length}.", nameof(x));
        }

        Embedding = x[..(vocabulary * workload.InputSize)];
        x = x[Embedding.Length..];
        DenseWeight = x[..(vocabulary * workload.HiddenSize)];
        x = x[DenseWeight.Length..];
        DenseBias = x[..vocabulary];
        Tokens = x.Slice(vocabulary, positions);
        Targets = x[(vocabulary + positions)..];
    }

    public ReadOnlySpan<float> Embedding { get; }

    public ReadOnlySpan<float> DenseWeight { get; }

    public ReadOnlySpan<float> DenseBias { get; }

    /// <summary>Whole numbers.</summary>
    public ReadOnlySpan<float> Tokens { get; }

    /// <summary>Whole numbers.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>Numbers of all parts together.</summary>
    public static int Length(Workload workload) =>
        (workload.Vocabulary * (workload.InputSize + workload.HiddenSize + 1)) + (2 * workload.Positions);
}
