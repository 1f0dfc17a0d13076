using FastRnn.Inference;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Training;

/// <summary>What a trainer is made of, with room for some steps; its memory can be measured before it is taken.</summary>
internal sealed class TrainerParts<TModel>
    where TModel : Model<TModel>, IModel<TModel>
{
    public TrainerParts(Model<TModel> model, TrainerOptions options, int steps, int sourceSteps, int workers)
    {
        Workspace = new Workspace<TModel>(model, options.BatchSize, steps, workers, record: true, sourceSteps: sourceSteps);
        Run = new BatchRun<TModel>(Workspace);
        Backward = new BackwardPass<TModel>(Workspace, wantsInputGradient: TModel.Info.Input == InputKind.Embedding, Run.Graph);
        Weights = new WeightGradients<TModel>(Workspace, Backward);
        Loss = new LossPass<TModel>(Workspace);
        Update = new ParameterUpdate<TModel>(model, Weights, options.Optimizer);
        Boundaries = new StateBoundaries<TModel>(Workspace, steps < options.SequenceLength ? ((options.SequenceLength + steps - 1) / steps) + 1 : 0);
    }

    public Workspace<TModel> Workspace { get; }

    public BatchRun<TModel> Run { get; }

    public BackwardPass<TModel> Backward { get; }

    public WeightGradients<TModel> Weights { get; }

    public LossPass<TModel> Loss { get; }

    public ParameterUpdate<TModel> Update { get; }

    /// <summary>The states between the segments of a recomputed pass.</summary>
    public StateBoundaries<TModel> Boundaries { get; }

    public void Carve(ref ArenaLayout layout)
    {
        Workspace.Carve(ref layout);
        Run.Carve(ref layout);
        Backward.Carve(ref layout);
        Weights.Carve(ref layout);
        Loss.Carve(ref layout);
        Update.Carve(ref layout);
        Boundaries.Carve(ref layout);
    }

    /// <summary>The most steps for which the memory stays within a budget. Measured for one worker: the segments, and with them the bits, must not depend on the threads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One step does not.</exception>
    public static int StepsWithin(Model<TModel> model, TrainerOptions options)
    {
        long Bytes(int steps) => ArenaLayout.Measure(new TrainerParts<TModel>(model, options, steps, 0, workers: 1).Carve);

        if (Bytes(options.SequenceLength) <= options.MemoryBytes)
        {
            return options.SequenceLength;
        }

        // More steps of tape are fewer boundaries: there is a least, and above it bytes grow.
        var (best, least) = (0, long.MaxValue);
        for (var steps = 1; steps < options.SequenceLength; steps = Math.Max(steps + 1, (int)(steps * 1.1)))
        {
            var bytes = Bytes(steps);
            least = Math.Min(least, bytes);
            best = bytes <= options.MemoryBytes ? steps : best;
        }

        return best > 0 ? best : throw new ArgumentOutOfRangeException(
            nameof(options), options.MemoryBytes, $"MemoryBytes: {TModel.Info.Name} needs at least {least} bytes for {options.BatchSize} sequences of {options.SequenceLength} steps.");
    }
}
