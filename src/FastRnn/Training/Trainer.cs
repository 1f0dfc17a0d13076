using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <summary>Trains a model by truncated backpropagation through time: each step runs a window of a batch of streams forward and backward,
/// clips the gradient and lets the optimizer change the parameters. Allocates nothing after the first step. One trainer serves one thread at a time, and nobody else may use the model meanwhile.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed unsafe partial class Trainer<TModel> : IDisposable
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly Workspace<TModel> workspace;
    private readonly BatchRun<TModel> run;
    private readonly BackwardPass<TModel> backward;
    private readonly WeightGradients<TModel> weights;
    private readonly LossPass<TModel> loss;
    private readonly ParameterUpdate<TModel> update;
    private readonly Arena arena;
    private readonly ThreadTeam team;
    private readonly PassJob passJob;
    private readonly GradientJob gradientJob;
    private UseMark use;

    /// <summary>Takes the arena; all states are zero.</summary>
    /// <param name="model">The parameters, which training changes.</param>
    /// <param name="options">Sizes, optimizer, clipping.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the batch ends where the numbers of a step, or all
    /// positions, no longer fit an <see cref="int"/>.</exception>
    /// <exception cref="InvalidOperationException">The model declares no loss; or memory is limited and the model is more than a chain.</exception>
    public Trainer(Model<TModel> model, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Optimizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SequenceLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.SourceLength);
        ThreadTeam.Check(options.Threads, "options.Threads");
        var sourceSteps = BatchRun<TModel>.SourceSteps(options.SourceLength > 0 ? options.SourceLength : options.SequenceLength);
        Door.Batch(TModel.Info, options.BatchSize, Math.Max(options.SequenceLength, sourceSteps), "options.BatchSize");
        if (!(options.ClipNorm >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.ClipNorm, "ClipNorm: expected a number from 0 (no clipping) on.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(options.MemoryBytes);
        if (options.MemoryBytes > 0 && TModel.Info.IsWired)
        {
            throw new InvalidOperationException($"MemoryBytes: {TModel.Info.Name} is more than a chain of layers, whose forward pass cannot be computed in segments. Expected 0.");
        }

        if (TModel.Info.Loss == LossKind.None)
        {
            throw new InvalidOperationException($"{TModel.Info.Name} declares no loss: add one, or use Bptt with gradients of your own.");
        }

        Options = options;
        model.PrepareBackward();
        var workers = options.Threads > 0 ? options.Threads : ThreadTeam.DefaultThreads;
        var steps = options.MemoryBytes > 0 ? TrainerParts<TModel>.StepsWithin(model, options) : options.SequenceLength;
        var parts = new TrainerParts<TModel>(model, options, steps, sourceSteps, workers);
        (workspace, run, backward, weights) = (parts.Workspace, parts.Run, parts.Backward, parts.Weights);
        (loss, update, boundaries) = (parts.Loss, parts.Update, parts.Boundaries);
        arena = new Arena(parts.Carve);
        team = new ThreadTeam(workers);
        passJob = new PassJob(this);
        batchJob = new BatchJob(this);
        sweepJob = new SweepJob(this);
        segmentJob = new SegmentJob(this);
        gradientJob = new GradientJob(this);
    }

    /// <summary>What the trainer was made with.</summary>
    public TrainerOptions Options { get; }

    /// <summary>The model that is trained.</summary>
    public Model<TModel> Model => workspace.Model;

    /// <summary>Steps done so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>A step of a model that reads tokens and predicts tokens.</summary>
    /// <param name="tokens"><c>[T, B]</c>, T from 1 to <see cref="TrainerOptions.SequenceLength"/>.</param>
    /// <param name="targets"><c>[T, B]</c>.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads, or its loss wants, something else; or another thread is in the trainer.</exception>
    /// <exception cref="NonFiniteLossException">The loss or the gradient is NaN or infinite, and nothing was changed; or the update made the
    /// parameters so, and they are lost (<see cref="NonFiniteLossException.ParametersAreLost"/>).</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public TrainingResult Step(ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets)
    {
        using var held = use.Hold(this);
        if (IsRecomputed)
        {
            return Recompute(tokens, [], targets, []);
        }

        if (TModel.Info.IsWired)
        {
            return Step(new SequenceBatch { Tokens = tokens, TargetTokens = targets }, Options.CarryState);
        }

        var steps = workspace.TakeTokens(tokens);
        loss.SetTargets(targets, steps);
        return Step(null, steps);
    }

    /// <summary>A step of a model that reads tokens and predicts numbers.</summary>
    /// <param name="tokens"><c>[T, B]</c>, T from 1 to <see cref="TrainerOptions.SequenceLength"/>.</param>
    /// <param name="targets"><c>[T, B, O]</c>.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, ReadOnlySpan{int})" path="/exception"/>
    public TrainingResult Step(ReadOnlySpan<int> tokens, ReadOnlySpan<float> targets)
    {
        using var held = use.Hold(this);
        if (IsRecomputed)
        {
            return Recompute(tokens, [], [], targets);
        }

        if (TModel.Info.IsWired)
        {
            return Step(new SequenceBatch { Tokens = tokens, Targets = targets }, Options.CarryState);
        }

        var steps = workspace.TakeTokens(tokens);
        loss.SetTargets(targets, steps);
        return Step(null, steps);
    }

    /// <summary>A step of a model that reads vectors and predicts tokens.</summary>
    /// <param name="x"><c>[T, B, I]</c>, T from 1 to <see cref="TrainerOptions.SequenceLength"/>.</param>
    /// <param name="targets"><c>[T, B]</c>.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, ReadOnlySpan{int})" path="/exception"/>
    public TrainingResult Step(ReadOnlySpan<float> x, ReadOnlySpan<int> targets)
    {
        using var held = use.Hold(this);
        if (IsRecomputed)
        {
            return Recompute([], x, targets, []);
        }

        if (TModel.Info.IsWired)
        {
            return Step(new SequenceBatch { X = x, TargetTokens = targets }, Options.CarryState);
        }

        var steps = workspace.CheckVectors(x);
        loss.SetTargets(targets, steps);
        fixed (float* input = x)
        {
            return Step(input, steps);
        }
    }

    /// <summary>A step of a model that reads vectors and predicts numbers.</summary>
    /// <param name="x"><c>[T, B, I]</c>, T from 1 to <see cref="TrainerOptions.SequenceLength"/>.</param>
    /// <param name="targets"><c>[T, B, O]</c>.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, ReadOnlySpan{int})" path="/exception"/>
    public TrainingResult Step(ReadOnlySpan<float> x, ReadOnlySpan<float> targets)
    {
        using var held = use.Hold(this);
        if (IsRecomputed)
        {
            return Recompute([], x, [], targets);
        }

        if (TModel.Info.IsWired)
        {
            return Step(new SequenceBatch { X = x, Targets = targets }, Options.CarryState);
        }

        var steps = workspace.CheckVectors(x);
        loss.SetTargets(targets, steps);
        fixed (float* input = x)
        {
            return Step(input, steps);
        }
    }

    /// <summary>The next step begins new sequences: from zeros, or from what the model learned or draws as first states.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the trainer.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public void ResetState()
    {
        using var held = use.Hold(this);
        workspace.ResetState();
        hasState = false;
        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory back to the pool and ends the threads. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the trainer: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
        {
            team.Dispose();
            arena.Dispose();
        }
    }

    private TrainingResult Step(float* x, int steps)
    {
        if (!Options.CarryState)
        {
            workspace.ResetState();
        }

        passJob.X = x;
        passJob.Steps = steps;
        team.Run(passJob);
        weights.Prepare(steps);
        AddGradients();

        var sum = loss.Sum(steps);
        var perPosition = sum / ((double)steps * Options.BatchSize);
        var result = Update(TModel.Info.Reduction == Reduction.Mean ? perPosition : sum, perPosition, 1);
        if (Options.CarryState)
        {
            workspace.CarryState(steps);
        }

        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Forward, loss and backward of some rows: nobody waits for anybody.</summary>
    private sealed class PassJob(Trainer<TModel> owner) : ITeamJob
    {
        public int Steps { get; set; }

        public float* X { get; set; }

        public void Execute(int worker, int workers)
        {
            var (begin, end) = Partition.Range(owner.Options.BatchSize, worker, workers);
            owner.workspace.Gather(X, Steps, begin, end);
            owner.workspace.Forward(worker, Steps, begin, end);
            owner.loss.Run(owner.backward.DOutput, Steps, begin, end);
            owner.backward.ClearStateGradients(begin, end);
            owner.backward.Run(worker, Steps, begin, end, owner.backward.DOutput);
        }
    }

    /// <summary>Gradients of parameters need the rows of all workers.</summary>
    private sealed class GradientJob(Trainer<TModel> owner) : ITeamJob
    {
        public void Execute(int worker, int workers) => owner.weights.Accumulate(worker, workers);
    }
}
