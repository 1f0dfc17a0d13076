using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <summary>Measures the declared loss without training: for validation, with a batch size and states of its own.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed unsafe partial class Evaluator<TModel> : IDisposable
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly Workspace<TModel> workspace;
    private readonly LossPass<TModel> loss;
    private readonly Arena arena;
    private readonly ThreadTeam team;
    private readonly Pass pass;
    private readonly BatchRun<TModel> run;
    private readonly BatchJob batchJob;

    // Nobody wants it, but it may not overwrite the outputs either: the next step may read them back.
    private float* dOutput;

    /// <summary>Takes the arena; all states are zero.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="batchSize">B, at least 1.</param>
    /// <param name="sequenceLength">The largest T of a call, at least 1.</param>
    /// <param name="threads">Workers; 0 takes one for each processor.</param>
    /// <param name="sourceLength">The largest T of what an encoder reads; 0 takes <paramref name="sequenceLength"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range: the number of threads ends at 1024, the batch
    /// where the numbers of a step, or all positions, no longer fit an <see cref="int"/>.</exception>
    /// <exception cref="InvalidOperationException">The model declares no loss.</exception>
    public Evaluator(Model<TModel> model, int batchSize, int sequenceLength, int threads = 0, int sourceLength = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequenceLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(sourceLength);
        ThreadTeam.Check(threads, nameof(threads));
        var sourceSteps = BatchRun<TModel>.SourceSteps(sourceLength > 0 ? sourceLength : sequenceLength);
        Door.Batch(TModel.Info, batchSize, Math.Max(sequenceLength, sourceSteps), nameof(batchSize));
        if (TModel.Info.Loss == LossKind.None)
        {
            throw new InvalidOperationException($"{TModel.Info.Name} declares no loss.");
        }

        var workers = threads > 0 ? threads : ThreadTeam.DefaultThreads;
        workspace = new Workspace<TModel>(model, batchSize, sequenceLength, workers, record: false, sourceSteps: sourceSteps, gathers: true);
        run = new BatchRun<TModel>(workspace);
        loss = new LossPass<TModel>(workspace);
        arena = new Arena((ref ArenaLayout layout) =>
        {
            workspace.Carve(ref layout);
            run.Carve(ref layout);
            loss.Carve(ref layout);
            dOutput = layout.Floats(checked((nint)sequenceLength * batchSize * Padding.RoundUp(TModel.Info.OutputSize)));
        });
        team = new ThreadTeam(workers);
        pass = new Pass(this);
        batchJob = new BatchJob(this);
    }

    /// <summary>B: the most sequences of a batch, and their number if it says no lengths.</summary>
    public int BatchSize => workspace.Batch;

    /// <summary>The sum of the losses of all positions; states are carried on from call to call, where the model can go on.</summary>
    /// <param name="tokens"><c>[T, B]</c>.</param>
    /// <param name="targets"><c>[T, B]</c>; <c>[B]</c> of a model with one output a sequence.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads, or its loss wants, something else.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public double LossSum(ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets)
    {
        if (TModel.Info.IsWired)
        {
            return Evaluate(new SequenceBatch { Tokens = tokens, TargetTokens = targets }, carries: true).Sum;
        }

        var steps = SetInput(tokens);
        loss.SetTargets(targets, steps);
        return Run(null, steps);
    }

    /// <summary>The sum of the losses of all positions; states are carried on from call to call.</summary>
    /// <param name="tokens"><c>[T, B]</c>.</param>
    /// <param name="targets"><c>[T, B, O]</c>.</param>
    /// <inheritdoc cref="LossSum(ReadOnlySpan{int}, ReadOnlySpan{int})" path="/exception"/>
    public double LossSum(ReadOnlySpan<int> tokens, ReadOnlySpan<float> targets)
    {
        if (TModel.Info.IsWired)
        {
            return Evaluate(new SequenceBatch { Tokens = tokens, Targets = targets }, carries: true).Sum;
        }

        var steps = SetInput(tokens);
        loss.SetTargets(targets, steps);
        return Run(null, steps);
    }

    /// <summary>The sum of the losses of all positions; states are carried on from call to call.</summary>
    /// <param name="x"><c>[T, B, I]</c>.</param>
    /// <param name="targets"><c>[T, B]</c>.</param>
    /// <inheritdoc cref="LossSum(ReadOnlySpan{int}, ReadOnlySpan{int})" path="/exception"/>
    public double LossSum(ReadOnlySpan<float> x, ReadOnlySpan<int> targets)
    {
        if (TModel.Info.IsWired)
        {
            return Evaluate(new SequenceBatch { X = x, TargetTokens = targets }, carries: true).Sum;
        }

        var steps = CheckInput(x);
        loss.SetTargets(targets, steps);
        fixed (float* input = x)
        {
            return Run(input, steps);
        }
    }

    /// <summary>The sum of the losses of all positions; states are carried on from call to call.</summary>
    /// <param name="x"><c>[T, B, I]</c>.</param>
    /// <param name="targets"><c>[T, B, O]</c>.</param>
    /// <inheritdoc cref="LossSum(ReadOnlySpan{int}, ReadOnlySpan{int})" path="/exception"/>
    public double LossSum(ReadOnlySpan<float> x, ReadOnlySpan<float> targets)
    {
        if (TModel.Info.IsWired)
        {
            return Evaluate(new SequenceBatch { X = x, Targets = targets }, carries: true).Sum;
        }

        var steps = CheckInput(x);
        loss.SetTargets(targets, steps);
        fixed (float* input = x)
        {
            return Run(input, steps);
        }
    }

    /// <summary>All states become what they are at first: zeros, or what the model learned.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void ResetState()
    {
        arena.ThrowIfDisposed(this);
        workspace.ResetState();
        hasState = false;
        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory back to the pool and ends the threads.</summary>
    public void Dispose()
    {
        team.Dispose();
        arena.Dispose();
    }

    private int SetInput(ReadOnlySpan<int> tokens)
    {
        arena.ThrowIfDisposed(this);
        return workspace.TakeTokens(tokens);
    }

    private int CheckInput(ReadOnlySpan<float> x)
    {
        arena.ThrowIfDisposed(this);
        return workspace.CheckVectors(x);
    }

    private double Run(float* x, int steps)
    {
        pass.X = x;
        pass.Steps = steps;
        team.Run(pass);
        workspace.CarryState(steps);
        var sum = loss.Sum(steps);
        GC.KeepAlive(this);
        return sum;
    }

    private sealed class Pass(Evaluator<TModel> owner) : ITeamJob
    {
        public int Steps { get; set; }

        public float* X { get; set; }

        public void Execute(int worker, int workers)
        {
            var (begin, end) = Partition.Range(owner.workspace.Batch, worker, workers);
            owner.workspace.Gather(X, Steps, begin, end);
            owner.workspace.Forward(worker, Steps, begin, end);
            owner.loss.Run(owner.dOutput, Steps, begin, end);
        }
    }
}
