namespace FastRnn.Training;

/// <summary>What a trainer is made with.</summary>
public sealed class TrainerOptions
{
    /// <summary>B: sequences trained together, at least 1.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>The largest T of a step: the length after which truncated BPTT cuts the gradient, at least 1.</summary>
    public int SequenceLength { get; init; } = 64;

    /// <summary>What turns gradients into changes of the parameters. One optimizer serves one trainer.</summary>
    public Optimizer Optimizer { get; init; } = new Adam(1e-3f);

    /// <summary>The largest norm of the gradient of all parameters together; a larger gradient is scaled down to it (Pascanu et al.
    /// 2013). 0 leaves gradients as they are.</summary>
    public float ClipNorm { get; init; }

    /// <summary>Workers, at most 1024; 0 takes one for each processor. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Whether a step starts from the state where the last one stopped (truncated BPTT over a stream), or from zero.</summary>
    public bool CarryState { get; init; } = true;
}
