using FastRnn.Execution;
using FastRnn.Parameters;
using FastRnn.Threading;

namespace FastRnn.Inference;

/// <summary>The state and workspace of one stream, or of a batch of streams that are stepped together. Allocates nothing after its
/// creation. One session serves one thread at a time, and a second one gets an exception; any number of sessions may share a
/// model.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
/// <remarks>However a sequence is cut into calls, the same bits come out. A model that ends with the last step of a sequence
/// (<c>[Pool(Pooling.Last)]</c>) puts out, at each step, what it would put out if the sequence ended there.</remarks>
public sealed unsafe partial class Session<TModel> : IDisposable
    where TModel : class, IModel<TModel>
{
    private readonly TModel model;
    private readonly StreamRun run;
    private readonly ChangeMark changes;
    private UseMark use;

    // Numbers of one step, looked up once: of the user's vectors (-1 if the model reads tokens) and outputs.
    private readonly int stepInputs;
    private readonly int stepOutputs;

    /// <summary>Takes the session's memory; all streams begin with their first step.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="options">The number of streams that are stepped together, how weights are kept, and workers, among which the rows of
    /// the batch are split, or, for few rows of a large model, the hidden units. If nothing is said of threads, sessions share those of the
    /// process and take turns: however many there are, they start no more. Threads that are asked for are the session's own until it is
    /// disposed of. A service of many sessions will want 1, and so will real time: one thread takes no lock, makes no system call.</param>
    /// <exception cref="InvalidOperationException">The weights are to be rounded and one is not a finite number; or the model cannot be
    /// stepped through, because it looks at a sequence as a whole (<see cref="Predictor{TModel}"/>) or starts from something
    /// (<see cref="SequenceGenerator{TModel}"/>).</exception>
    /// <exception cref="ArgumentNullException">The model, or a list of the options, is null.</exception>
    /// <exception cref="NotSupportedException">A native program was made without <see cref="WeightFormat.Int8"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range: the number of threads ends at 1024, the batch where the
    /// numbers of a step no longer fit an <see cref="int"/>.</exception>
    public Session(TModel model, RunOptions? options = null)
        : this(model, RunSizes.OfStream(TModel.Info, options ?? new RunOptions()), origin: null)
    {
    }

    private Session(TModel model, RunSizes sizes, Session<TModel>? origin)
    {
        ArgumentNullException.ThrowIfNull(model);
        (this.model, changes) = (model, model.Store.Core.Changes);
        stepInputs = TModel.Info.Input == InputKind.Vector ? sizes.Batch * TModel.Info.InputSize : -1;
        stepOutputs = sizes.Batch * TModel.Info.OutputSize;
        run = new StreamRun(model.Store.Core, sizes, origin?.run);
        if (origin is not null)
            run.CopyState(origin.run);
    }

    /// <summary>B: the number of streams stepped together.</summary>
    public int BatchSize => run.Sizes.Batch;

    /// <summary>Gives the memory back to the pool and ends the session's threads. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the session: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
            run.Dispose();
    }
}
