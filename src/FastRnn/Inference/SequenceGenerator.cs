using FastRnn.Data;
using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Inference;

/// <summary>Sequences that a model makes itself: it starts from a vector (<c>[Condition]</c>), from what an encoder read (<c>[Encoder]</c>), or from nothing, and each output is fed
/// back as the next input until END or a cap. Allocates nothing after its creation. One generator serves one thread at a time; any number may share a model.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed unsafe class SequenceGenerator<TModel> : IDisposable
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly Workspace<TModel> workspace;
    private readonly BatchRun<TModel> run;
    private readonly Arena arena;
    private readonly ThreadTeam team;
    private readonly StartJob startJob;
    private readonly StepJob stepJob;
    private float* logits;
    private bool isSpent;
    private bool hasStepped;
    private int* next;
    private int* done;

    /// <summary>Takes the arena.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="batchSize">The most sequences that are made together, at least 1.</param>
    /// <param name="sourceLength">The most steps of what an encoder reads; without an encoder it means nothing.</param>
    /// <param name="threads">Workers, at most 1024; 0 takes one for each processor. Results do not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The model looks at its own sequence as a whole: it reads it backwards, or pools it.</exception>
    public SequenceGenerator(Model<TModel> model, int batchSize = 1, int sourceLength = 1, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceLength, 1);
        ThreadTeam.Check(threads, nameof(threads));
        if (TModel.Info.OutputDomain != TimeDomain.Main || TModel.Info.Layers.Any(l => l.Wiring is { Domain: TimeDomain.Main, Operation: LayerOperation.Reverse }))
        {
            throw new InvalidOperationException($"{TModel.Info.Name} looks at its sequence as a whole: it cannot make one step by step. Use a Predictor.");
        }

        var sourceSteps = BatchRun<TModel>.SourceSteps(sourceLength);
        Door.Batch(TModel.Info, batchSize, Math.Max(1, sourceSteps), nameof(batchSize));
        var workers = threads > 0 ? threads : ThreadTeam.DefaultThreads;
        workspace = new Workspace<TModel>(model, batchSize, 1, workers, record: false, sourceSteps: sourceSteps, gathers: true);
        run = new BatchRun<TModel>(workspace);
        arena = new Arena((ref ArenaLayout layout) =>
        {
            workspace.Carve(ref layout);
            run.Carve(ref layout);
            logits = layout.Floats(checked((nint)batchSize * TModel.Info.OutputSize));
            next = layout.Ints(batchSize);
            done = layout.Ints(batchSize);
        });
        team = new ThreadTeam(workers);
        startJob = new StartJob(this);
        stepJob = new StepJob(this);
    }

    /// <summary>The most sequences that are made together.</summary>
    public int BatchSize => workspace.Batch;

    /// <summary>How many sequences were started.</summary>
    public int Count { get; private set; }

    /// <summary>Begins new sequences: the encoder reads its source, the condition is taken, the states begin.</summary>
    /// <param name="start"><see cref="SequenceBatch.Condition"/>, or <see cref="SequenceBatch.SourceTokens"/> or <see cref="SequenceBatch.SourceX"/> with
    /// <see cref="SequenceBatch.SourceLengths"/>; nothing else.</param>
    /// <param name="count">How many; 0 takes <see cref="BatchSize"/>.</param>
    /// <exception cref="ArgumentException">A span has another length, a source is too long, or there is something that the model does not read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary, or <paramref name="count"/> is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Start(in SequenceBatch start, int count = 0)
    {
        arena.ThrowIfDisposed(this);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, BatchSize);
        Count = 0;
        run.Input.TakeStart(in start, count == 0 ? BatchSize : count);
        run.Graph.Prepare();
        run.Graph.CarriesState = false;
        fixed (float* condition = start.Condition, sourceX = start.SourceX)
        fixed (int* sourceTokens = start.SourceTokens)
        {
            startJob.From = new BatchPointers { Condition = condition, SourceX = sourceX, SourceTokens = sourceTokens };
            team.Run(startJob);
        }

        Count = run.Plan.Count;
        (isSpent, hasStepped) = (false, false);
        GC.KeepAlive(this);
    }

    /// <summary>One step of all sequences.</summary>
    /// <param name="tokens"><c>[B]</c>: what each reads, from 0 to Vocabulary - 1.</param>
    /// <param name="y">Receives <c>[B, O]</c>: logits, or what the last layer's activation made of them.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads vectors, or <see cref="Start"/> did not come before.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Step(ReadOnlySpan<int> tokens, Span<float> y)
    {
        Check(y.Length);
        Door.Tokens(TModel.Info);
        Door.Length(tokens.Length, Count, nameof(tokens), "[B]");
        Door.Vocabulary(tokens, TModel.Info.Vocabulary, nameof(tokens), Count);
        fixed (int* input = tokens)
        fixed (float* to = y)
        {
            Step(new BatchPointers { Tokens = input, Y = to });
        }
    }

    /// <summary>One step of all sequences.</summary>
    /// <param name="x"><c>[B, I]</c>: what each reads.</param>
    /// <param name="y">Receives <c>[B, O]</c>.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, Span{float})" path="/exception"/>
    public void Step(ReadOnlySpan<float> x, Span<float> y)
    {
        Check(y.Length);
        Door.Vectors(TModel.Info);
        Door.Length(x.Length, (long)Count * TModel.Info.InputSize, nameof(x), "[B, I]");
        fixed (float* input = x, to = y)
        {
            Step(new BatchPointers { X = input, Y = to });
        }
    }

    /// <summary>Makes the sequences that <see cref="Start"/> began: each begins with START and ends before END, or at the cap.</summary>
    /// <param name="startToken">What the first step reads.</param>
    /// <param name="endToken">What ends a sequence; -1 if nothing does.</param>
    /// <param name="tokens">Receives <c>[B, cap]</c>, each sequence in a row of its own, START and END left out.</param>
    /// <param name="lengths">Receives <c>[B]</c>: how many tokens each has.</param>
    /// <param name="sampler">Draws the tokens; null takes the most probable ones.</param>
    /// <param name="temperature">As for <see cref="Sampler.Next"/>.</param>
    /// <param name="topK">As for <see cref="Sampler.Next"/>.</param>
    /// <exception cref="ArgumentException">A span has another length, or the logits are not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads vectors, its outputs are not the tokens that it reads, <see cref="Start"/> did not come before, or a sampler is to
    /// draw from probabilities instead of logits.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Generate(int startToken, int endToken, Span<int> tokens, Span<int> lengths, Sampler? sampler = null, float temperature = 1, int topK = 0)
    {
        Door.Tokens(TModel.Info);
        var size = TModel.Info.OutputSize;
        Check(Count * size);
        if (TModel.Info.Vocabulary < size)
        {
            throw new InvalidOperationException($"{TModel.Info.Name} puts out {size} numbers, but reads tokens from 0 to {TModel.Info.Vocabulary - 1}: its outputs cannot be fed back.");
        }

        if (sampler is not null && TModel.Info.SoftmaxOutput)
        {
            throw new InvalidOperationException($"{TModel.Info.Name} puts out probabilities, and a sampler wants logits: declare [Dense] without Softmax, or take the most probable tokens.");
        }

        if (isSpent)
        {
            throw new InvalidOperationException("The sequences were made already: Start begins new ones.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(endToken, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(endToken, size);
        Door.Length(lengths.Length, Count, nameof(lengths), "[B]");
        var cap = Door.Steps(tokens.Length, Count, nameof(tokens), "[B, cap]");
        Door.Vocabulary(new ReadOnlySpan<int>(in startToken), TModel.Info.Vocabulary, nameof(startToken), 1);
        isSpent = true;
        lengths.Clear();
        new Span<int>(next, Count).Fill(startToken);
        new Span<int>(done, Count).Clear();
        for (var (t, left) = (0, Count); t < cap && left > 0; t++)
        {
            Step(new ReadOnlySpan<int>(next, Count), new Span<float>(logits, Count * size));
            for (var row = 0; row < Count; row++)
            {
                if (done[row] != 0)
                {
                    continue;
                }

                var row0 = new ReadOnlySpan<float>(logits + ((nint)row * size), size);
                var token = sampler?.Next(row0, temperature, topK) ?? Sampler.MostProbable(row0);
                if (token == endToken)
                {
                    (done[row], left) = (1, left - 1);
                    continue;
                }

                (tokens[(row * cap) + t], lengths[row], next[row]) = (token, t + 1, token);
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>The attention weights of the last step for one sequence.</summary>
    /// <param name="sequence">The sequence's index in the batch.</param>
    /// <param name="weights">Receives <c>[S]</c>; they sum to 1.</param>
    /// <param name="attention">Which attention layer, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
    /// <exception cref="ArgumentException">There is no such attention, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no step since <see cref="Start"/>.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetAttention(int sequence, Span<float> weights, int attention = 0)
    {
        arena.ThrowIfDisposed(this);
        if (!hasStepped || Count == 0)
        {
            throw new InvalidOperationException("There was no step yet.");
        }

        run.Graph.ReadAttention(sequence, weights, attention);
        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory back to the pool and ends the threads.</summary>
    public void Dispose()
    {
        team.Dispose();
        arena.Dispose();
    }

    private void Check(int outputs)
    {
        arena.ThrowIfDisposed(this);
        if (Count == 0)
        {
            throw new InvalidOperationException("There is no sequence yet: Start comes before the first step.");
        }

        Door.Length(outputs, (long)Count * TModel.Info.OutputSize, "y", "[B, O]");
    }

    private void Step(BatchPointers from)
    {
        stepJob.From = from;
        team.Run(stepJob);
        workspace.CarryState(1);
        run.Graph.CarriesState = true;
        hasStepped = true;
        GC.KeepAlive(this);
    }

    private sealed class StartJob(SequenceGenerator<TModel> owner) : ITeamJob
    {
        public BatchPointers From;

        public void Execute(int worker, int workers)
        {
            owner.run.Input.GatherStart(worker, in From);
            owner.run.Graph.Forward(worker, main: false);
        }
    }

    private sealed class StepJob(SequenceGenerator<TModel> owner) : ITeamJob
    {
        public BatchPointers From;

        public void Execute(int worker, int workers)
        {
            owner.run.Input.GatherStep(worker, in From);
            owner.run.Graph.Forward(worker, main: true);
            owner.run.CopyOutputs(worker, From.Y);
        }
    }
}
