namespace FastRnn.Benchmarks.Peers.Workers;

/// <summary>A line to the worker; what an operation does not need is left out.</summary>
internal sealed record WorkerRequest(string Op)
{
    public string? Kind { get; init; }

    public string? Cell { get; init; }

    public int? Input { get; init; }

    public int? Hidden { get; init; }

    public int? Layers { get; init; }

    public int? Batch { get; init; }

    public int? Steps { get; init; }

    public int? Threads { get; init; }

    public int? Vocabulary { get; init; }

    /// <summary>Of the sequences, where they differ.</summary>
    public IReadOnlyList<int>? Lengths { get; init; }

    /// <summary>The cell is written in Python.</summary>
    public bool? OwnCell { get; init; }

    /// <summary>bfloat16 or int8.</summary>
    public string? Precision { get; init; }

    /// <summary>Numbers for the worker, or from it.</summary>
    public string? File { get; init; }

    public int? Iterations { get; init; }

    /// <summary>The request that prepares a workload.</summary>
    public static WorkerRequest Create(Workload workload, string file) => new("create")
    {
        Kind = workload.Kind switch
        {
            WorkKind.Inference => "inference",
            WorkKind.Training => "training",

            // Learning is timed by its steps.
            _ => "whole_training_step",
        },
        Cell = workload.Cell switch { CellKind.Lstm => "lstm", CellKind.Gru => "gru", _ => "elman" },
        Input = workload.InputSize,
        Hidden = workload.HiddenSize,
        Layers = workload.Layers,
        Batch = workload.Batch,
        Steps = workload.Steps,
        Threads = workload.Threads,
        Vocabulary = workload.Vocabulary,
        Lengths = workload.Lengths,
        OwnCell = workload.IsOwnCell ? true : null,
        Precision = workload.Precision switch
        {
            Peers.Precision.BFloat16 => "bfloat16",
            Peers.Precision.Int8 => "int8",
            _ => null,
        },
        File = file,
    };
}
