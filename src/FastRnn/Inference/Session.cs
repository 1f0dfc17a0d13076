using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Inference;

/// <summary>The state and workspace of one stream, or of a batch of streams that are stepped together. Allocates nothing after its
/// creation. One session serves one thread at a time; any number of sessions may share a model.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
/// <remarks>However a sequence is cut into calls, the same bits come out.</remarks>
public sealed unsafe partial class Session<TModel> : IDisposable
    where TModel : Model<TModel>, IModel<TModel>
{
    /// <summary>Steps that <c>Run</c> takes at once. More of them only cost memory.</summary>
    private const int BlockSteps = 32;

    /// <summary>Rows below which a second thread costs more than it brings.</summary>
    private const int RowsPerThread = 8;

    /// <summary>Multiply-adds of a layer's step from which on few rows are worth splitting the units: each step costs a barrier.</summary>
    internal const long WorthSplitting = 200_000;

    private readonly Workspace<TModel> workspace;
    private readonly Arena arena;
    private readonly ThreadTeam? team;
    private readonly Pass pass;

    // Models that are more than a chain.
    private readonly WiredStream<TModel>? wired;

    // Numbers of one step, looked up once: of the user's vectors (-1 if the model reads tokens) and outputs.
    private readonly int stepInputs;
    private readonly int stepOutputs;

    /// <summary>Takes the session's arena; all states are zero.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="batchSize">B: the number of streams stepped together, at least 1.</param>
    /// <param name="threads">Workers among which the rows of the batch are split, or, for few rows of a large model, the hidden units;
    /// 0 takes as many as the processors and the work make worthwhile. They are the session's own until it is disposed: a service with a session for
    /// each user of a large model will want 1.</param>
    /// <param name="weights">How the session keeps the weights.</param>
    /// <exception cref="InvalidOperationException">The weights are to be rounded and one is not a finite number; or the model cannot be stepped through, because it looks
    /// at a sequence as a whole (<see cref="Predictor{TModel}"/>) or starts from something (<see cref="SequenceGenerator{TModel}"/>).</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range: the number of threads ends at 1024, the batch where the numbers of a step no longer fit an <see cref="int"/>.</exception>
    public Session(Model<TModel> model, int batchSize = 1, int threads = 0, WeightFormat weights = WeightFormat.Float32)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ThreadTeam.Check(threads, nameof(threads));
        if (weights is not (WeightFormat.Float32 or WeightFormat.BFloat16))
        {
            throw new ArgumentOutOfRangeException(nameof(weights), weights, "Expected Float32 or BFloat16.");
        }

        Door.Batch(TModel.Info, batchSize, BlockSteps, nameof(batchSize));
        stepInputs = TModel.Info.Input == InputKind.Vector ? batchSize * TModel.Info.InputSize : -1;
        stepOutputs = batchSize * TModel.Info.OutputSize;
        var largest = TModel.Info.Layers.Max(l => l.MultiplyAdds);
        WiredStream<TModel>.Check(weights);
        var splitsUnits = !TModel.Info.IsWired && batchSize < 2 * RowsPerThread && largest >= WorthSplitting;
        var worthwhile = splitsUnits ? largest / (WorthSplitting / 2) : batchSize / RowsPerThread;
        var workers = threads > 0 ? threads : (int)Math.Clamp(worthwhile, 1, ThreadTeam.DefaultThreads);
        workspace = new Workspace<TModel>(model, batchSize, BlockSteps, workers, record: false, weights);
        wired = TModel.Info.IsWired ? new WiredStream<TModel>(workspace) : null;
        arena = new Arena((ref ArenaLayout layout) =>
        {
            workspace.Carve(ref layout);
            wired?.Carve(ref layout);
        });
        try
        {
            workspace.Prepare();
            team = workers > 1 ? new ThreadTeam(workers) : null;
        }
        catch
        {
            arena.Dispose();
            throw;
        }

        pass = new Pass(workspace, wired, splitsUnits ? workers : 1);
    }

    /// <summary>B: the number of streams stepped together.</summary>
    public int BatchSize => workspace.Batch;

    /// <summary>One step of vectors.</summary>
    /// <param name="x"><c>[B, I]</c>.</param>
    /// <param name="y">Receives <c>[B, O]</c>: logits, or what the last layer's activation made of them.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="InvalidOperationException">The model reads tokens.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public void Step(ReadOnlySpan<float> x, Span<float> y)
    {
        if (x.Length != stepInputs || y.Length != stepOutputs)
        {
            CheckStep(x.Length, y.Length);
        }

        arena.ThrowIfDisposed(this);
        fixed (float* input = x)
        {
            fixed (float* output = y)
            {
                Block(input, output, 1);
            }
        }
    }

    /// <summary>One step of tokens.</summary>
    /// <param name="tokens"><c>[B]</c>, each from 0 to Vocabulary - 1.</param>
    /// <param name="y">Receives <c>[B, O]</c>.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads vectors.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public void Step(ReadOnlySpan<int> tokens, Span<float> y)
    {
        Door.Tokens(TModel.Info);
        Door.Length(tokens.Length, BatchSize, nameof(tokens), "[B]");
        Run(tokens, y);
    }

    /// <summary>One step of one token, for a session of one stream.</summary>
    /// <param name="token">From 0 to Vocabulary - 1.</param>
    /// <param name="y">Receives <c>[O]</c>.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, Span{float})" path="/exception"/>
    public void Step(int token, Span<float> y) => Step(new ReadOnlySpan<int>(in token), y);

    /// <summary>T steps of vectors; the state is carried on from call to call.</summary>
    /// <param name="x"><c>[T, B, I]</c>.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>. It may be the same memory as <paramref name="x"/>, but must not overlap it otherwise.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, Span{float})" path="/exception"/>
    public void Run(ReadOnlySpan<float> x, Span<float> y)
    {
        Door.Vectors(TModel.Info);
        var steps = Door.Steps(x.Length, BatchSize * TModel.Info.InputSize, nameof(x), "[T, B, I]");
        Door.Length(y.Length, (long)steps * BatchSize * TModel.Info.OutputSize, nameof(y), "[T, B, O]");
        arena.ThrowIfDisposed(this);
        fixed (float* input = x)
        {
            fixed (float* output = y)
            {
                Blocks(input, [], output, steps);
            }
        }
    }

    /// <summary>T steps of tokens; the state is carried on from call to call.</summary>
    /// <param name="tokens"><c>[T, B]</c>, each from 0 to Vocabulary - 1.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, Span{float})" path="/exception"/>
    public void Run(ReadOnlySpan<int> tokens, Span<float> y)
    {
        Door.Tokens(TModel.Info);
        var steps = Door.Steps(tokens.Length, BatchSize, nameof(tokens), "[T, B]");
        Door.Length(y.Length, (long)steps * BatchSize * TModel.Info.OutputSize, nameof(y), "[T, B, O]");
        Door.Vocabulary(tokens, TModel.Info.Vocabulary, nameof(tokens), BatchSize);
        arena.ThrowIfDisposed(this);
        fixed (float* output = y)
        {
            Blocks(null, tokens, output, steps);
        }
    }

    /// <summary>All states become what they are at first: zeros, or what the model learned.</summary>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public void Reset()
    {
        arena.ThrowIfDisposed(this);
        workspace.ResetState();
        wired?.Reset();
        GC.KeepAlive(this);
    }

    /// <summary>Copies a state out.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index: the order of what <c>Step</c> returns.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public void GetState(int layer, int state, Span<float> values)
    {
        var size = Door.State(TModel.Info, layer, state, values.Length, BatchSize, nameof(values));
        arena.ThrowIfDisposed(this);
        wired?.Begin();
        PaddedRows.Read(workspace.State(layer, state), values, BatchSize, size);
        GC.KeepAlive(this);
    }

    /// <summary>Replaces a state. Numbers below 2^-100 become 0, as in every state that a step computes.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index: the order of what <c>Step</c> returns.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <inheritdoc cref="GetState" path="/exception"/>
    public void SetState(int layer, int state, ReadOnlySpan<float> values)
    {
        var size = Door.State(TModel.Info, layer, state, values.Length, BatchSize, nameof(values));
        arena.ThrowIfDisposed(this);
        wired?.Begin();
        PaddedRows.WriteState(values, workspace.State(layer, state), BatchSize, size);
        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory back to the pool and ends the session's threads.</summary>
    public void Dispose()
    {
        team?.Dispose();
        arena.Dispose();
    }

    private void Blocks(float* x, ReadOnlySpan<int> tokens, float* y, int steps)
    {
        int count;
        for (var done = 0; done < steps; done += count)
        {
            count = Math.Min(BlockSteps, steps - done);
            if (x == null)
            {
                var positions = count * BatchSize;
                tokens.Slice(done * BatchSize, positions).CopyTo(new Span<int>(workspace.Tokens, positions));
            }

            Block(x == null ? null : x + ((nint)done * stepInputs), y + ((nint)done * stepOutputs), count);
        }

        GC.KeepAlive(this);
    }

    private void Block(float* x, float* y, int steps)
    {
        if (wired is null)
        {
            workspace.MakeRoom(steps);
        }
        else
        {
            wired.Arrange(steps);
        }

        pass.Steps = steps;
        pass.X = workspace.Settle(x, steps);
        pass.Y = y;
        if (team is null)
        {
            pass.Execute(0, 1);
        }
        else
        {
            team.Run(pass);
        }

        if (wired is null)
        {
            workspace.Move(steps);
        }
        else
        {
            workspace.CarryState(steps);
        }

        GC.KeepAlive(this);
    }

    private void CheckStep(int inputs, int outputs)
    {
        Door.Vectors(TModel.Info);
        Door.Length(inputs, stepInputs, "x", "[B, I]");
        Door.Length(outputs, stepOutputs, "y", "[B, O]");
    }
}
