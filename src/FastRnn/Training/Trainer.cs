using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Memory;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <summary>Trains a model by truncated backpropagation through time: each step runs a window of a batch of streams, or a batch of
/// sequences of any lengths, forward and backward, clips the gradient and lets the optimizer change the parameters. Allocates nothing after
/// the first step. One trainer serves one thread at a time, and nothing else may use the model meanwhile.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed partial class Trainer<TModel> : IDisposable
    where TModel : class, IModel<TModel>
{
    private readonly RecordedRun run;
    private readonly ParameterUpdate update;
    private readonly bool canCarry = LayerStep.CanCarry(TModel.Info);
    private UseMark use;
    private long pending;
    private double gathered, gatheredWeight;
    private string? notFinite;
    private bool hasState;

    /// <summary>Takes memory; all states are zero.</summary>
    /// <param name="model">The parameters, which training changes.</param>
    /// <param name="options">Sizes, optimizer, clipping.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or a batch has more numbers than an int.</exception>
    /// <exception cref="ArgumentException">Weights of classes or of positive targets are not those of the model's loss; or a group names no
    /// parameter, or sets what the optimizer does not have.</exception>
    /// <exception cref="InvalidOperationException">The model declares no loss; or another rank has something else than rank 0.</exception>
    public Trainer(TModel model, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var sizes = RunSizes.OfTraining(TModel.Info, options);
        options.Check();
        UseCheck.Loss(TModel.Info, "trainer");
        var ranges = new UpdateRanges(TModel.Info, options.Groups, options.Optimizer);
        (Options, Model) = (options, model);
        var store = model.Store.Core;
        ParameterUpdate? made = null;
        if (options.MemoryBytes > 0)
        {
            sizes = MemoryBudget.Limit(sizes, TModel.Info, options.MemoryBytes, s => RecordedRun.Measure(store, s, Needs(s), Make));
        }

        run = new RecordedRun(store, sizes with { Ranks = options.Ranks?.Count ?? 1 }, Needs(sizes), Make);
        update = made!;
        RankCheck.Join(this, update);

        ArenaLayout.Carver Make(RecordedRun of) => (made = new(store, of.Gradients, options.Optimizer, ranges)).Carve;
    }

    /// <summary>What the trainer was made with.</summary>
    public TrainerOptions Options { get; }

    /// <summary>The model that is trained.</summary>
    public TModel Model { get; }

    /// <summary>Steps done so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>Bytes of native memory that this trainer holds: tape, gradients, optimizer, everything.</summary>
    public long MemoryBytes => run.Runner.MemoryBytes;

    /// <summary>Steps of a window that the tape holds: fewer than <see cref="RunOptions.SequenceLength"/> if the forward pass is computed
    /// twice to stay within <see cref="TrainerOptions.MemoryBytes"/>.</summary>
    public int SegmentLength => canCarry ? run.SegmentLength : Options.SequenceLength;

    /// <summary>The gradients of all parameters that <see cref="Accumulate"/> has gathered since the last update, in the order of
    /// the model's parameters. The span is valid while this is reachable and not disposed.</summary>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public ReadOnlySpan<float> Gradients
    {
        get
        {
            ObjectDisposedException.ThrowIf(run.Runner.IsDisposed, this);
            return run.Gradients.Gradients;
        }
    }

    internal RecordedRun Run => run;

    /// <summary>A step over a window of streams, which go on where the last window stopped
    /// (<see cref="TrainerOptions.CarryState"/>).</summary>
    /// <param name="inputs">Vectors <c>[T, B, I]</c> or tokens <c>[T, B]</c>, T from 1 to <see cref="RunOptions.SequenceLength"/>.</param>
    /// <param name="targets">Numbers <c>[T, B, O]</c> or tokens <c>[T, B]</c>.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads, or its loss wants, something else; or another thread is in the
    /// trainer, or edits or trains the model: what was gathered is lost then.</exception>
    /// <exception cref="NonFiniteLossException">The loss or the gradient is NaN or infinite, and nothing was changed; or the update made
    /// the parameters so, and they are lost (<see cref="NonFiniteLossException.ParametersAreLost"/>).</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public TrainingResult Step(Inputs inputs, Targets targets)
    {
        var batch = SequenceBatch.Of(inputs, targets);
        using var held = use.Hold(this);
        return Step(in batch, isWindow: true);
    }

    /// <summary>A step over a batch of sequences, which begin anew: <see cref="Accumulate"/> and <see cref="Update(float)"/>. Streams that
    /// were carried on end: the next window begins with first states, too.</summary>
    /// <param name="batch">At most <see cref="RunOptions.BatchSize"/> sequences of at most <see cref="RunOptions.SequenceLength"/> steps,
    /// in any order of lengths; the work follows the sum of the lengths.</param>
    /// <exception cref="ArgumentException">A span has another length, a sequence is too long, or there is something that the model does not
    /// read.</exception>
    /// <inheritdoc cref="Step(Inputs, Targets)" path="/exception"/>
    public TrainingResult Step(in SequenceBatch batch)
    {
        using var held = use.Hold(this);
        return Step(in batch, isWindow: false);
    }

    /// <summary>Adds the gradients of a batch to <see cref="Gradients"/>, and changes no parameter: several small batches, of whatever
    /// sizes, make one large one. Where the loss is a mean, it is the mean over the positions of all of them.</summary>
    /// <param name="batch">As for <see cref="Step(in SequenceBatch)"/>.</param>
    /// <returns>The loss of this batch.</returns>
    /// <inheritdoc cref="Step(in SequenceBatch)" path="/exception"/>
    public BatchLoss Accumulate(in SequenceBatch batch)
    {
        using var held = use.Hold(this);
        return AddBatch(in batch, isWindow: false);
    }

    /// <summary>Clips what <see cref="Accumulate"/> has gathered, and lets the optimizer change the parameters.</summary>
    /// <param name="scale">What the gradients are multiplied by first. 1 makes the step of one batch of all that was gathered, where the
    /// loss is a sum and where it is a mean.</param>
    /// <returns>The norm of the gradients, scaled, before they were clipped.</returns>
    /// <exception cref="InvalidOperationException">Nothing was gathered; or another thread is in the trainer, or edits the
    /// model.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is not a finite number above 0.</exception>
    /// <exception cref="NonFiniteLossException">The gradient is NaN or infinite, and nothing was changed; or the update made the
    /// parameters so, and they are lost (<see cref="NonFiniteLossException.ParametersAreLost"/>).</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public double Update(float scale = 1)
    {
        using var held = use.Hold(this);
        if (pending == 0 || run.Runner.WasDisturbed)
        {
            throw new InvalidOperationException("There are no gradients: Accumulate comes before Update.");
        }

        if (!(scale > 0 && float.IsFinite(scale)))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "Expected a finite number above 0.");
        }

        return Update(gathered * scale, scale, default).GradientNorm;
    }

    /// <summary>The next step begins new sequences: from zeros, or from what the model learned or draws as first states.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the trainer.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public void ResetState()
    {
        using var held = use.Hold(this);
        DropState();
    }

    /// <summary>A run over this trainer: epochs, a learning rate for each step, validation, early stopping, checkpoints.</summary>
    /// <inheritdoc cref="TrainingLoop{TModel}(Trainer{TModel}, IBatchSource, TrainingLoopOptions)" path="/param|/exception"/>
    public TrainingLoop<TModel> CreateLoop(IBatchSource batches, TrainingLoopOptions options) => new(this, batches, options);

    /// <summary>Gives the memory back to the pool and ends the threads. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the trainer: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
        {
            run.Dispose();
        }
    }

    /// <summary>Forgets what was gathered.</summary>
    internal void DropGradients()
    {
        using var held = use.Hold(this);
        pending = 0;
    }

    private static RecordedNeeds Needs(RunSizes sizes) => new(Boundaries: 1 + MemoryBudget.Segments(sizes));

    private void DropState()
    {
        run.States.Clear(0);
        hasState = false;
    }

    private TrainingResult Step(in SequenceBatch batch, bool isWindow)
    {
        var (carries, seen) = (isWindow && Options.CarryState && canCarry, run.Runner.Model.Changes.BeginRead());
        var loss = AddBatch(in batch, isWindow);
        var result = Update(run.Loss.Reduce(loss.Sum), 1, in batch, seen) with
        { LossPerPosition = loss.PerPosition, Weight = loss.Weight, HeadLosses = run.Loss.HeadLosses() };
        if (carries)
        {
            run.KeepStates();
            hasState = true;
        }

        GC.KeepAlive(this);
        return result;
    }

    private BatchLoss AddBatch(in SequenceBatch batch, bool isWindow)
    {
        var carries = isWindow && Options.CarryState && canCarry;
        if (pending == 0 || run.Runner.WasDisturbed)
        {
            run.Gradients.Clear();
            (pending, gathered, gatheredWeight, notFinite) = (0, 0, 0, null);
        }

        var key = RandomMask.Key(Options.Seed, unchecked((StepCount << 20) + pending));
        var (sum, weight) = run.AddBatch(in batch, isWindow, carries && hasState, key, gatheredWeight);
        if (!carries && hasState)
        {
            // What streams left belongs to no sequence of this batch, which was not refused.
            DropState();
        }

        pending++;
        if (!double.IsFinite(sum))
        {
            notFinite ??= BatchSearch.NotFinite(in batch, run.Runner.Input, TModel.Info);
        }

        gathered += sum;
        gatheredWeight += weight;
        GC.KeepAlive(this);
        return new BatchLoss(sum, weight);
    }

    private TrainingResult Update(double total, float scale, in SequenceBatch batch, int? seen = null)
    {
        pending = 0;
        var norm = update.MeasureNorm(run.Runner.Team) * scale;
        if (!double.IsFinite(total) || !double.IsFinite(norm))
        {
            run.Chain?.ShareStates();
            throw NonFiniteLossException.OfBatch(
                StepCount + 1, total, norm, notFinite ?? BatchSearch.NotFinite(in batch, run.Runner.Input, TModel.Info));
        }

        if (!update.Apply(run.Runner.Team, StepCount + 1, norm, Options.ClipNorm, scale, seen))
        {
            throw NonFiniteLossException.OfUpdate(StepCount + 1, total, norm);
        }

        StepCount++;
        GC.KeepAlive(this);
        return new TrainingResult(total, 0, norm);
    }
}
