using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Threading;

namespace FastRnn.Inference;

/// <summary>Inference over whole sequences, of one length or of many, for every model: also those that look at a sequence as a whole
/// (bidirectional layers, pooling, attention). Allocates nothing after its creation. One predictor serves one thread at a time; any number
/// may share a model.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed unsafe partial class Predictor<TModel> : IDisposable
    where TModel : class, IModel<TModel>
{
    private readonly TModel model;
    private readonly RunOptions options;
    private readonly Runner runner;
    private readonly SequenceStates? states;
    private readonly Groups groups;
    private UseMark use;
    private bool hasRun;

    /// <summary>Takes memory.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="options">The most sequences and steps of a call, workers, how weights are kept, and whether states are.</param>
    /// <exception cref="ArgumentNullException">The model, or a list of the options, is null.</exception>
    /// <exception cref="NotSupportedException">A native program was made without <see cref="WeightFormat.Int8"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The weights are to be rounded and one is not a finite number.</exception>
    public Predictor(TModel model, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        var sizes = RunSizes.OfSequences(TModel.Info, options);
        (this.model, this.options) = (model, options);
        if (RunSizes.IsWorthSplitting(TModel.Info, sizes.Batch))
        {
            // They meet in each step: with more of them than the work is worth it takes longer.
            var workers = options.Threads > 0 ? sizes.Workers : RunSizes.WorthwhileWorkers(TModel.Info, sizes.Batch);
            sizes = sizes with { Workers = workers, SplitsUnits = workers > 1 };
        }

        SequenceStates? kept = null;
        runner = new Runner(
            model.Store.Core, sizes, options.KeepStates ? runner => (kept = new SequenceStates(runner)).Carve : null);
        states = kept;
        groups = new Groups(runner, states);
    }

    /// <summary>The most sequences of a call.</summary>
    public int BatchSize => runner.Sizes.Batch;

    /// <summary>The most steps of a sequence.</summary>
    public int SequenceLength => runner.Sizes.Steps;

    /// <summary>The outputs of sequences of one length.</summary>
    /// <param name="inputs">Vectors <c>[T, B, I]</c> or tokens <c>[T, B]</c>, of as many sequences as <see cref="BatchSize"/>.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>, or <c>[B, O]</c> if the model ends with one vector a sequence.</param>
    /// <inheritdoc cref="Run(in SequenceBatch, Span{float})" path="/exception"/>
    public void Run(Inputs inputs, Span<float> y) => Run(SequenceBatch.Of(inputs), y);

    /// <summary>The outputs of a batch of sequences.</summary>
    /// <param name="batch">The input; targets and weights are not looked at.</param>
    /// <param name="y">Receives O numbers for each position, laid out like the input, or for each sequence, <c>[B, O]</c>, if the model
    /// ends with one vector a sequence: logits, or what the last layer's activation made of them. Padding is left as it is. It has nothing
    /// in common with the memory of the input.</param>
    /// <exception cref="ArgumentException">A span has another length, a sequence is too long, there is something that the model does not
    /// read, or the output lies over the input.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads, or is given, something else; states were set for another number of
    /// sequences; or another thread is in the predictor.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Run(in SequenceBatch batch, Span<float> y)
    {
        using var held = use.Hold(this);
        hasRun = false;
        runner.Input.Take(in batch);
        ArgumentCheck.Length(y.Length, runner.Input.OutputPositions * TModel.Info.OutputSize, nameof(y), "O numbers a position");
        BatchCheck.Apart(in batch, y);
        states?.CheckCount(runner.Input.Count);
        runner.Run(groups, in batch, y);
        hasRun = true;
    }

    /// <summary>The attention weights of the last call for one sequence: what each step looked at.</summary>
    /// <param name="sequence">The sequence's index in the batch.</param>
    /// <param name="weights">Receives <c>[T, S]</c>: T steps of the sequence over S steps of its source; each row sums to 1.</param>
    /// <param name="attention">Which attention layer, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence, or it was in an earlier group of the batch
    /// (<see cref="RunOptions.MaxPositions"/>).</exception>
    /// <exception cref="ArgumentException">There is no such attention, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Run(in SequenceBatch, Span{float})"/> did not succeed before; or another
    /// thread is in the predictor.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetAttention(int sequence, Span<float> weights, int attention = 0)
    {
        using var held = use.Hold(this);
        CheckHasRun();
        AttentionWeights.Read(runner.Forward, sequence, weights, attention);
    }

    /// <summary>Gives the memory back to the pool and ends the threads. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the predictor: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
        {
            runner.Dispose();
        }

        GC.KeepAlive(model);
    }

    private sealed class Groups(Runner runner, SequenceStates? states) : IPinnedRun, ITeamJob
    {
        public void Run()
        {
            for (var first = 0; runner.NextGroup(ref first);)
            {
                runner.RunPlan(this);
            }
        }

        public void Execute(int worker, int workers)
        {
            var isFirst = runner.Plan.Leads(worker);
            if (isFirst)
            {
                states?.Begin(worker);
                runner.Rows.Gather(worker, in runner.From);
            }

            runner.Forward.Meet();
            runner.Forward.Run(worker);
            if (isFirst)
            {
                runner.Rows.CopyOutputs(worker, runner.From.Y);
                states?.End(worker);
            }
        }
    }
}
