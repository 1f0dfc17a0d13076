namespace FastRnn.Training;

/// <summary>What a trainer is made with.</summary>
public sealed record TrainerOptions : RunOptions
{
    /// <summary>The seed of everything that training draws by chance: dropout and random initial states. They are functions of the seed,
    /// the step and the place, so a resumed run draws the same.</summary>
    public int Seed { get; init; }

    /// <summary>The most bytes of memory that the trainer may take, besides the scratch of a second worker and further ones and the
    /// gradients that other ranks send; 0 sets no limit. If the tape of a batch does not fit, a window is cut into segments whose forward
    /// pass is computed twice: the gradient is still that of the whole sequence, but its sums run over the segments one by one, so its last
    /// bits depend on the budget; and so is a sequence of a batch that does not fit by itself. All other batches of sequences, and models
    /// that look at a sequence as a whole, are computed in groups of sequences, with the same bits.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>What turns gradients into changes of the parameters. One optimizer serves one trainer.</summary>
    public Optimizer Optimizer { get; init; } = new Adam(1e-3f);

    /// <summary>The largest norm of the gradient of all parameters together; a larger gradient is scaled down to it (Pascanu et al.
    /// 2013). 0 leaves gradients as they are.</summary>
    public float ClipNorm { get; init; }

    /// <summary>Whether a step starts from the state where the last one stopped (truncated BPTT over a stream), or anew. A
    /// <see cref="Data.SequenceBatch"/> always starts anew, and so do models with an encoder, a condition, pooling or layers that read
    /// backwards.</summary>
    public bool CarryState { get; init; } = true;

    /// <summary>Parameters that are frozen, have another learning rate, or another weight decay; they apply one after the other. A
    /// checkpoint is for the same groups only. Gradients of frozen parameters are made all the same, and set to 0 by the
    /// update.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>The processes that train the model together, each a part of every batch, such as the ranks of an MPI job; null for this
    /// one alone. All of them make the same trainer and call the same methods with the same batches: parameters, losses and norms are the
    /// bits of one process, whatever the number of ranks. <see cref="Trainer{TModel}.Save"/> writes on rank 0 alone.</summary>
    public RankGroup? Ranks { get; init; }

    /// <summary>What does not depend on the model.</summary>
    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Optimizer);
        if (!(ClipNorm >= 0))
        {
            throw new ArgumentOutOfRangeException("options", ClipNorm, "ClipNorm: expected a number from 0 (no clipping) on.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(MemoryBytes);
    }
}
