using System.Diagnostics;

using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Threading;
using FastRnn.Training;

namespace FastRnn.Benchmarks.Timeline;

/// <summary>A whole training step, piece by piece: each is a job of all workers, which wait for each other after it. In the trainer
/// forward, loss and backward are one job, so the sum of the pieces is a little more than a step.</summary>
internal sealed class StepPieces<TModel> : IPinnedRun, IDisposable
    where TModel : class, IModel<TModel>
{
    /// <summary>The pieces after which parameters change, which is none of a pass.</summary>
    private const int Updates = 2;

    private readonly RecordedRun run;
    private readonly ParameterUpdate update;
    private readonly int[] tokens;
    private readonly List<(string Name, Action Run)> pieces;
    private long step;

    /// <summary>Takes memory and starts the workers.</summary>
    /// <param name="model">The model, which learns.</param>
    /// <param name="batch">B.</param>
    /// <param name="steps">T.</param>
    /// <param name="threads">Workers.</param>
    public StepPieces(TModel model, int batch, int steps, int threads)
    {
        var parameters = model.Store.Core;
        var sizes = RunSizes.OfTraining(
            TModel.Info, new RunOptions { BatchSize = batch, SequenceLength = steps, Threads = threads });
        ParameterUpdate? made = null;
        run = new RecordedRun(parameters, sizes, new RecordedNeeds(Boundaries: 1), run =>
        {
            made = new ParameterUpdate(parameters, run.Gradients, new Adam(2e-3f));
            return made.Carve;
        });
        update = made!;
        var random = new Random(1);
        tokens = [.. Enumerable.Range(0, batch * steps).Select(_ => random.Next(TModel.Info.Vocabulary))];
        pieces =
        [
            ("clear gradients", run.Gradients.Clear),
            ("gather input", Rows(worker => run.Runner.Rows.Gather(worker, in run.Runner.From), isFirst: true)),
            ("forward", Rows(run.Runner.Forward.Run)),
            ("loss", Rows(Loss)),
            ("backward", Rows(Backward)),
            ("deferred products", run.AddGradients),
            ("norm", () => Norm = update.MeasureNorm(run.Runner.Team)),
            ("clip, Adam, pack", () => update.Apply(run.Runner.Team, ++step, Norm, clipNorm: 5)),
        ];
        Times = new long[pieces.Count];
    }

    /// <summary>The names of the pieces.</summary>
    public IReadOnlyList<string> Names => [.. pieces.Select(piece => piece.Name)];

    /// <summary>Ticks of each piece in the last step.</summary>
    public long[] Times { get; }

    private double Norm { get; set; }

    /// <summary>Does a step.</summary>
    public void Step()
    {
        var batch = new SequenceBatch { Tokens = tokens, TargetTokens = tokens };
        run.Runner.Input.Take(in batch);
        run.Loss.Take(in batch);
        run.Runner.Run(this, in batch);
        Run(pieces.Count - Updates, pieces.Count);
    }

    /// <inheritdoc/>
    public void Run()
    {
        var first = 0;
        run.Runner.NextGroup(ref first);
        run.Runner.Forward.IsContinued = false;
        Run(0, pieces.Count - Updates);
    }

    /// <inheritdoc/>
    public void Dispose() => run.Dispose();

    private void Run(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            pieces[i].Run();
            Times[i] = Stopwatch.GetTimestamp() - begin;
        }
    }

    private unsafe void Loss(int worker) => run.Loss.Run(worker, in run.Runner.From, run.Backward.DOutput);

    private void Backward(int worker)
    {
        run.Backward.ClearStateGradients(worker);
        run.Return(worker);
    }

    private Action Rows(Action<int> work, bool isFirst = false)
    {
        var job = new Job(work);
        return isFirst ? () => run.Runner.RunPlan(job) : () => run.Runner.RunRows(job);
    }

    private sealed class Job(Action<int> work) : ITeamJob
    {
        public void Execute(int worker, int workers) => work(worker);
    }
}
