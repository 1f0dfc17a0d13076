using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Memory;
using FastRnn.Parameters;
using FastRnn.Threading;

namespace FastRnn.Inference;

/// <summary>Sequences that a model makes itself: it starts from a vector (<c>[Condition]</c>), from what an encoder read
/// (<c>[Encoder]</c>), or from nothing, and each output is fed back as the next input until END or a cap. Allocates nothing after its
/// creation, but places of rows that its <see cref="Sampler"/> has not drawn for yet. One generator serves one thread at a time; any
/// number may share a model.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed unsafe partial class SequenceGenerator<TModel> : IDisposable
    where TModel : class, IModel<TModel>
{
    private readonly TModel model;
    private readonly StreamRun run;
    private UseMark use;
    private float* logits;
    private readonly ChangeMark changes;
    private bool isSpent;
    private bool hasStepped;
    private int* next;
    private int* done;

    /// <summary>Takes memory.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="options">The most sequences that are made together, the most steps of what an encoder reads, workers, and how weights
    /// are kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The model looks at its own sequence as a whole: it reads it backwards, or pools it; or
    /// the weights are to be rounded and one is not a finite number.</exception>
    public SequenceGenerator(TModel model, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new RunOptions();
        var sizes = RunSizes.OfSequences(TModel.Info,
            options with
            {
                SequenceLength = 1,
                SourceLength = options.SourceLength > 0 ? options.SourceLength : options.SequenceLength,

                // All sequences are in memory at once.
                MaxPositions = 0,
            });
        UseCheck.Generator(TModel.Info);
        var workers = options.Threads > 0 ? options.Threads : RunSizes.WorthwhileWorkers(TModel.Info, options.BatchSize);
        (this.model, changes) = (model, model.Store.Core.Changes);
        run = new StreamRun(
            model.Store.Core,
            sizes with
            {
                IsStream = true,
                Workers = workers,
                SharesTeam = options.Threads == 0,
                SplitsUnits = workers > 1 && RunSizes.IsWorthSplitting(TModel.Info, options.BatchSize)
            },
            more: (ref ArenaLayout layout) =>
            {
                logits = layout.Floats(checked((nint)options.BatchSize * TModel.Info.OutputSize));
                next = layout.Ints(checked((nint)options.BatchSize * Math.Max(1, TModel.Info.TokenCount)));
                done = layout.Ints(options.BatchSize);
            });
    }

    /// <summary>The most sequences that are made together.</summary>
    public int BatchSize => run.Sizes.Batch;

    /// <summary>How many sequences were started.</summary>
    public int Count { get; private set; }

    /// <summary>Begins new sequences: the encoder reads its source, the condition is taken, the states begin.</summary>
    /// <param name="start"><see cref="SequenceBatch.Condition"/>, or <see cref="SequenceBatch.SourceTokens"/> or
    /// <see cref="SequenceBatch.SourceX"/> with <see cref="SequenceBatch.SourceLengths"/>; nothing else.</param>
    /// <param name="count">How many; 0 takes <see cref="BatchSize"/>.</param>
    /// <exception cref="ArgumentException">A span has another length, a source is too long, or there is something that the model does not
    /// read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary, or <paramref name="count"/> is out of its
    /// range.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in the generator, or edits or trains the model.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Start(in SequenceBatch start, int count = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, BatchSize);
        using var held = use.Hold(this);
        run.Input.TakeStart(in start, count == 0 ? BatchSize : count);
        Count = 0;
        var seen = changes.BeginRead();
        fixed (float* condition = start.Condition, sourceX = start.SourceX)
        fixed (int* sourceTokens = start.SourceTokens)
        {
            run.Start(new BatchPointers { Condition = condition, SourceX = sourceX, SourceTokens = sourceTokens });
        }

        changes.EndRead(seen);
        Count = run.Plan.Count;
        (isSpent, hasStepped) = (false, false);
    }

    /// <summary>One step of all sequences.</summary>
    /// <param name="tokens"><c>[B]</c>: what each reads, from 0 to Vocabulary - 1; of a model with K inputs of tokens
    /// <c>[B, K]</c>.</param>
    /// <param name="y">Receives <c>[B, O]</c>: logits, or what the last layer's activation made of them.</param>
    /// <exception cref="ArgumentException">A span has another length, or the output lies over the input.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads vectors, <see cref="Start"/> did not come before, or another thread is
    /// in the generator, or edits or trains the model.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Step(ReadOnlySpan<int> tokens, Span<float> y)
    {
        ArgumentCheck.Tokens(TModel.Info);
        using var held = use.Hold(this);
        StepInputs([], tokens, y);
    }

    /// <summary>One step of all sequences.</summary>
    /// <param name="x"><c>[B, I]</c>: what each reads.</param>
    /// <param name="y">Receives <c>[B, O]</c>. Where I is O it may be the same memory as <paramref name="x"/>; otherwise both have nothing
    /// in common.</param>
    /// <exception cref="ArgumentException">A span has another length, or the output lies over the input.</exception>
    /// <exception cref="InvalidOperationException">The model reads tokens, <see cref="Start"/> did not come before, or another thread is in
    /// the generator, or edits or trains the model.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Step(ReadOnlySpan<float> x, Span<float> y)
    {
        ArgumentCheck.Vectors(TModel.Info);
        using var held = use.Hold(this);
        Check(y.Length);
        ArgumentCheck.Length(x.Length, (long)Count * TModel.Info.InputSize, nameof(x), "[B, I]");
        ArgumentCheck.ApartOrSame(x, y);
        fixed (float* input = x, to = y)
        {
            Step(input, null, to);
        }
    }

    /// <summary>One step of all sequences of a model that reads vectors beside tokens.</summary>
    /// <param name="x"><c>[B, I]</c>: what each reads.</param>
    /// <param name="tokens"><c>[B, K]</c>: a token for each input of tokens, in declared order.</param>
    /// <param name="y">Receives <c>[B, O]</c>; it has nothing in common with the inputs.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, Span{float})" path="/exception"/>
    public void Step(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y)
    {
        ArgumentCheck.VectorsAndTokens(TModel.Info);
        using var held = use.Hold(this);
        StepInputs(x, tokens, y);
    }

    /// <summary>The attention weights of the last step for one sequence.</summary>
    /// <param name="sequence">The sequence's index in the batch.</param>
    /// <param name="weights">Receives <c>[S]</c>; they sum to 1.</param>
    /// <param name="attention">Which attention layer, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
    /// <exception cref="ArgumentException">There is no such attention, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no step since <see cref="Start"/>, or another thread is in the
    /// generator.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetAttention(int sequence, Span<float> weights, int attention = 0)
    {
        using var held = use.Hold(this);
        if (!hasStepped || Count == 0)
        {
            throw new InvalidOperationException("There was no step yet.");
        }

        AttentionWeights.Read(run.Forward, sequence, weights, attention);
    }

    /// <summary>Gives the memory back to the pool and ends the threads. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the generator: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
        {
            run.Dispose();
        }

        GC.KeepAlive(model);
    }

    /// <summary>One step of all sequences, whatever the model reads.</summary>
    internal void StepAny(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y)
    {
        using var held = use.Hold(this);
        StepInputs(x, tokens, y);
    }

    /// <summary>Before a step: each sequence goes on from another one.</summary>
    internal void Arrange(ReadOnlySpan<int> rows) => StreamRows<TModel>.Exchange(run, rows);

    private void Check(int outputs)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("There is no sequence yet: Start comes before the first step.");
        }

        ArgumentCheck.Length(outputs, (long)Count * TModel.Info.OutputSize, "y", "[B, O]");
    }

    private void StepInputs(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y)
    {
        Check(y.Length);
        ArgumentCheck.Length(x.Length, (long)Count * TModel.Info.VectorSize, nameof(x), "[B, I]");
        ArgumentCheck.Length(
            tokens.Length, (long)Count * TModel.Info.TokenCount, nameof(tokens), TModel.Info.TokenCount == 1 ? "[B]" : "[B, K]");
        ArgumentCheck.Vocabulary(tokens, TModel.Info, nameof(tokens), Count);
        ArgumentCheck.Apart<float, float>(x, y, nameof(x));
        ArgumentCheck.Apart<int, float>(tokens, y, nameof(tokens));
        fixed (int* input = tokens)
        fixed (float* vectors = x, to = y)
        {
            Step(vectors, input, to);
        }
    }

    private void Step(float* x, int* tokens, float* y)
    {
        // Should a step not come to its end, there are no sequences any more to go on with.
        var (count, seen) = (Count, changes.BeginRead());
        Count = 0;
        run.Steps(x, tokens, y, count, 1);
        changes.EndRead(seen);
        hasStepped = true;
        Count = count;
        GC.KeepAlive(this);
    }
}
