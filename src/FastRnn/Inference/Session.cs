using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Inference;

/// <summary>The state and workspace of one stream, or of a batch of streams that are stepped together. Allocates nothing after its
/// creation. One session serves one thread at a time, and a second one gets an exception; any number of sessions may share a model.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
/// <remarks>However a sequence is cut into calls, the same bits come out. A model that ends with the last step of a sequence (<c>[Pool(Pooling.Last)]</c>) puts out, at each step,
/// what it would put out if the sequence ended there.</remarks>
public sealed unsafe partial class Session<TModel> : IDisposable
    where TModel : Model<TModel>, IModel<TModel>
{
    /// <summary>Steps that <c>Run</c> takes at once; more of them only cost memory. A model that sums a sequence up has one output a block: what it would say if the sequence ended there.</summary>
    private static int BlockSteps => TModel.Info.OutputDomain == TimeDomain.Single ? 1 : 32;

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
    private readonly int workers;
    private readonly WeightFormat weights;
    private UseMark use;

    // Numbers of one step, looked up once: of the user's vectors (-1 if the model reads tokens) and outputs.
    private readonly int stepInputs;
    private readonly int stepOutputs;

    /// <summary>Takes the session's arena; all states are zero.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="batchSize">B: the number of streams stepped together, at least 1.</param>
    /// <param name="threads">Workers among which the rows of the batch are split, or, for few rows of a large model, the hidden units;
    /// 0 takes as many as the processors and the work make worthwhile. They are the session's own until it is disposed: a service with a session for
    /// each user of a large model will want 1, and so will real time: one thread takes no lock and makes no system call, several wait for each other.</param>
    /// <param name="weights">How the session keeps the weights.</param>
    /// <exception cref="InvalidOperationException">The weights are to be rounded and one is not a finite number; or the model cannot be stepped through, because it looks
    /// at a sequence as a whole (<see cref="Predictor{TModel}"/>) or starts from something (<see cref="SequenceGenerator{TModel}"/>).</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range: the number of threads ends at 1024, the batch where the numbers of a step no longer fit an <see cref="int"/>.</exception>
    public Session(Model<TModel> model, int batchSize = 1, int threads = 0, WeightFormat weights = WeightFormat.Float32)
        : this(model, batchSize, CheckedWorkers(model, batchSize, threads, weights), weights, origin: null)
    {
    }

    private Session(Model<TModel> model, int batchSize, int workers, WeightFormat weights, Session<TModel>? origin)
    {
        (this.workers, this.weights) = (workers, weights);
        stepInputs = TModel.Info.Input == InputKind.Vector ? batchSize * TModel.Info.InputSize : -1;
        stepOutputs = batchSize * TModel.Info.OutputSize;
        workspace = new Workspace<TModel>(model, batchSize, BlockSteps, workers, record: false, weights);
        wired = TModel.Info.IsWired ? new WiredStream<TModel>(workspace) : null;
        arena = new Arena((ref ArenaLayout layout) =>
        {
            workspace.Carve(ref layout);
            wired?.Carve(ref layout);
        });
        try
        {
            workspace.Prepare(origin?.workspace);
            wired?.Prepare(origin?.wired);
            team = workers > 1 ? new ThreadTeam(workers) : null;
        }
        catch
        {
            arena.Dispose();
            throw;
        }

        pass = new Pass(workspace, wired, SplitsUnits(batchSize) ? workers : 1);
    }

    /// <summary>B: the number of streams stepped together.</summary>
    public int BatchSize => workspace.Batch;

    /// <summary>Gives the memory back to the pool and ends the session's threads. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the session: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
        {
            team?.Dispose();
            arena.Dispose();
        }
    }

    private static int CheckedWorkers(Model<TModel> model, int batchSize, int threads, WeightFormat weights)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ThreadTeam.Check(threads, nameof(threads));
        if (weights is not (WeightFormat.Float32 or WeightFormat.BFloat16))
        {
            throw new ArgumentOutOfRangeException(nameof(weights), weights, "Expected Float32 or BFloat16.");
        }

        Door.Batch(TModel.Info, batchSize, BlockSteps, nameof(batchSize));
        WiredStream<TModel>.Check(weights);
        var worthwhile = SplitsUnits(batchSize) ? LargestLayer / (WorthSplitting / 2) : batchSize / RowsPerThread;
        return threads > 0 ? threads : (int)Math.Clamp(worthwhile, 1, ThreadTeam.DefaultThreads);
    }

    private static long LargestLayer => TModel.Info.Layers.Max(l => l.MultiplyAdds);

    private static bool SplitsUnits(int batchSize) => !TModel.Info.IsWired && batchSize < 2 * RowsPerThread && LargestLayer >= WorthSplitting;
}
