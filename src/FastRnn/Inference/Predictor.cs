using FastRnn.Data;
using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Inference;

/// <summary>Inference over whole sequences, of one length or of many, for every model: also those that look at a sequence as a whole (bidirectional layers, pooling, attention).
/// Allocates nothing after its creation. One predictor serves one thread at a time; any number may share a model.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed unsafe class Predictor<TModel> : IDisposable
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly Workspace<TModel> workspace;
    private readonly BatchRun<TModel> run;
    private readonly Arena arena;
    private readonly ThreadTeam team;
    private readonly Pass pass;
    private UseMark use;
    private bool hasRun;

    /// <summary>Takes the arena.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="batchSize">The most sequences of a call, at least 1.</param>
    /// <param name="sequenceLength">The most steps of a sequence, at least 1.</param>
    /// <param name="sourceLength">The most steps of what an encoder reads; 0 takes <paramref name="sequenceLength"/>.</param>
    /// <param name="threads">Workers, at most 1024; 0 takes one for each processor. Results do not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Predictor(Model<TModel> model, int batchSize, int sequenceLength, int sourceLength = 0, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequenceLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(sourceLength);
        ThreadTeam.Check(threads, nameof(threads));
        var sourceSteps = BatchRun<TModel>.SourceSteps(sourceLength > 0 ? sourceLength : sequenceLength);
        Door.Batch(TModel.Info, batchSize, Math.Max(sequenceLength, sourceSteps), nameof(batchSize));
        var workers = threads > 0 ? threads : ThreadTeam.DefaultThreads;
        workspace = new Workspace<TModel>(model, batchSize, sequenceLength, workers, record: false, sourceSteps: sourceSteps, gathers: true);
        run = new BatchRun<TModel>(workspace);
        arena = new Arena((ref ArenaLayout layout) =>
        {
            workspace.Carve(ref layout);
            run.Carve(ref layout);
        });
        team = new ThreadTeam(workers);
        pass = new Pass(this);
    }

    /// <summary>The most sequences of a call.</summary>
    public int BatchSize => workspace.Batch;

    /// <summary>The most steps of a sequence.</summary>
    public int SequenceLength => workspace.Steps;

    /// <summary>The outputs of a batch of sequences.</summary>
    /// <param name="batch">The input; targets and weights are not looked at.</param>
    /// <param name="y">Receives O numbers for each position, laid out like the input, or for each sequence, <c>[B, O]</c>, if the model ends with one vector a sequence:
    /// logits, or what the last layer's activation made of them. Padding is left as it is. It has nothing in common with the memory of the input.</param>
    /// <exception cref="ArgumentException">A span has another length, a sequence is too long, there is something that the model does not read, or the output lies over the input.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads, or is given, something else; or another thread is in the predictor.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Run(in SequenceBatch batch, Span<float> y)
    {
        using var held = use.Hold(this);
        hasRun = false;
        run.Take(in batch);
        Door.Length(y.Length, run.Input.OutputPositions * TModel.Info.OutputSize, nameof(y), "O numbers a position");
        BatchDoor.Apart(in batch, y);
        run.Run(team, pass, in batch, y);
        hasRun = true;

        GC.KeepAlive(this);
    }

    /// <summary>The attention weights of the last call for one sequence: what each step looked at.</summary>
    /// <param name="sequence">The sequence's index in the batch.</param>
    /// <param name="weights">Receives <c>[T, S]</c>: T steps of the sequence over S steps of its source; each row sums to 1.</param>
    /// <param name="attention">Which attention layer, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
    /// <exception cref="ArgumentException">There is no such attention, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Run"/> did not succeed before; or another thread is in the predictor.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetAttention(int sequence, Span<float> weights, int attention = 0)
    {
        using var held = use.Hold(this);
        if (!hasRun)
        {
            throw new InvalidOperationException("There was no call of Run that succeeded.");
        }

        run.Graph.ReadAttention(sequence, weights, attention);

        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory back to the pool and ends the threads. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the predictor: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
        {
            team.Dispose();
            arena.Dispose();
        }
    }

    private sealed class Pass(Predictor<TModel> owner) : ITeamJob
    {
        public void Execute(int worker, int workers)
        {
            owner.run.Forward(worker, in owner.run.From);
            owner.run.CopyOutputs(worker, owner.run.From.Y);
        }
    }
}
