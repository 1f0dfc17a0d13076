using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Memory;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <summary>Measures the declared loss without training: for validation, with a batch size and states of its own. One evaluator serves one
/// thread at a time.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed unsafe class Evaluator<TModel> : IDisposable
    where TModel : class, IModel<TModel>
{
    private readonly Runner runner;
    private readonly Groups groups;
    private readonly StateStore states;
    private readonly LossPass loss;
    private readonly bool canCarry = LayerStep.CanCarry(TModel.Info);
    private UseMark use;
    private bool hasState;

    /// <summary>Takes memory; all states are zero.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="options">The most sequences and steps of a call, workers, and how weights are kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">Weights of classes or of positive targets are not those of the model's loss.</exception>
    /// <exception cref="InvalidOperationException">The model declares no loss; or the weights are to be rounded and one is not a finite
    /// number.</exception>
    public Evaluator(TModel model, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        var sizes = RunSizes.OfSequences(TModel.Info, options);
        UseCheck.Loss(TModel.Info, "evaluator");
        Model = model;
        StateStore? madeStates = null;
        LossPass? madeLoss = null;
        Groups? madeGroups = null;
        runner = new Runner(model.Store.Core, sizes, runner =>
        {
            (madeStates, madeLoss) =
                (new StateStore(runner.Workspace, runner.Plan, 1), new LossPass(runner.Workspace, runner.Plan, runner.Input));
            MetricPass[] madeMetrics = [.. madeLoss.Heads.ToArray().Select(head => new MetricPass(runner, head))];
            madeGroups = new Groups(runner, madeStates, madeLoss, madeMetrics);
            return (ref ArenaLayout layout) =>
            {
                madeStates.Carve(ref layout);
                madeLoss.Carve(ref layout);
                foreach (var pass in madeMetrics)
                {
                    pass.Carve(ref layout);
                }

                madeGroups.Carve(ref layout);
            };
        });
        (states, loss, groups) = (madeStates!, madeLoss!, madeGroups!);
    }

    /// <summary>B: the most sequences of a batch, and their number if it says no lengths.</summary>
    public int BatchSize => runner.Sizes.Batch;

    /// <summary>The model that is measured.</summary>
    public TModel Model { get; }

    /// <summary>The sum of the losses of all positions; states are carried on from call to call, where the model can go on.</summary>
    /// <param name="inputs">Vectors <c>[T, B, I]</c> or tokens <c>[T, B]</c>.</param>
    /// <param name="targets">Numbers <c>[T, B, O]</c> or tokens <c>[T, B]</c>; without T for a model with one output a sequence.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads, or its loss wants, something else; or another thread is in the
    /// evaluator.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public double LossSum(Inputs inputs, Targets targets)
    {
        var batch = SequenceBatch.Of(inputs, targets);
        using var held = use.Hold(this);
        return Measure(in batch, carries: canCarry).Sum;
    }

    /// <summary>The loss of a batch of sequences, which begin anew. Streams that were carried on end: the next window begins with first
    /// states, too.</summary>
    /// <param name="batch">At most B sequences of at most T steps, with targets.</param>
    /// <param name="metrics">Receives accuracy, errors and so on of this batch, added to those of the batches before; null leaves them
    /// out.</param>
    /// <exception cref="ArgumentException">A span has another length, a sequence is too long, or there is something that the model does not
    /// read; or the confusion matrix has another number of classes than the model.</exception>
    /// <inheritdoc cref="LossSum" path="/exception"/>
    public BatchLoss Evaluate(in SequenceBatch batch, EvaluationMetrics? metrics = null)
    {
        using var held = use.Hold(this);
        EvaluationMetrics.Check(metrics, TModel.Info);
        return Measure(in batch, carries: false, metrics);
    }

    /// <summary>The mean loss of a position over one epoch, from its first batch: what <see cref="TrainingLoopOptions.Validate"/> should
    /// measure; NaN if nothing counts, so that it is never taken for the best. Allocates nothing after the first time.</summary>
    /// <param name="batches">What is not learned, in any order; their position is changed. Lengths are at most those of the evaluator, and
    /// so is the batch size; equal, where batches say no lengths.</param>
    /// <param name="metrics">Receives accuracy, errors and so on of these batches, added to those before; null leaves them out.</param>
    /// <exception cref="ArgumentException">A batch does not fit the model or the evaluator, or the confusion matrix has another number of
    /// classes than the model.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in the evaluator.</exception>
    /// <exception cref="ObjectDisposedException">The evaluator was disposed.</exception>
    public double MeanLoss(IBatchSource batches, EvaluationMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(batches);
        using var held = use.Hold(this);
        EvaluationMetrics.Check(metrics, TModel.Info);
        var (sum, weight) = (0.0, 0.0);
        batches.Position = 0;
        for (var i = 0; i < batches.BatchesPerEpoch; i++)
        {
            var batch = batches.Next(out var begins);
            if (batch.Lengths.IsEmpty)
            {
                BatchSteps.CheckBatch(batches, BatchSize);
            }

            if (begins)
            {
                hasState = false;
            }

            var result = Measure(in batch, carries: canCarry && BatchSteps.IsWindow(batch), metrics);
            sum += result.Sum;
            weight += result.Weight;
        }

        return sum / weight;
    }

    /// <summary>All states become what they are at first: zeros, or what the model learned.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the evaluator.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void ResetState()
    {
        using var held = use.Hold(this);
        hasState = false;
    }

    /// <summary>Gives the memory back to the pool and ends the threads. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the evaluator: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
        {
            runner.Dispose();
        }
    }

    private BatchLoss Measure(in SequenceBatch batch, bool carries, EvaluationMetrics? metrics = null)
    {
        runner.Input.Take(in batch);
        loss.Take(in batch);
        var goesOn = carries && hasState;
        hasState = false;
        runner.Forward.Given = goesOn ? states.All : null;
        (groups.GoesOn, groups.Carries, groups.Metrics) = (goesOn, carries, metrics);
        runner.Run(groups, in batch);
        hasState = carries;
        var result = new BatchLoss(loss.Sum, loss.TotalWeight);
        metrics?.AddLoss(result, TModel.Info.Loss == LossKind.SoftmaxCrossEntropy);
        for (var h = 0; h < (metrics?.Heads.Count ?? 0); h++)
        {
            var head = loss.Heads[h];
            metrics!.Heads[h].AddLoss(new BatchLoss(head.Sum, loss.TotalWeight), head.IsClassification);
        }

        return result;
    }

    private sealed class Groups(Runner runner, StateStore states, LossPass loss, MetricPass[] metricPasses) : IPinnedRun, ITeamJob
    {
        // Nothing reads it, but it may not overwrite the outputs either: the next step may read them back.
        private float* dOutput;

        public bool GoesOn { get; set; }

        public bool Carries { get; set; }

        public EvaluationMetrics? Metrics { get; set; }

        public void Carve(ref ArenaLayout layout)
        {
            nint positions = runner.Sizes.PositionsOf(runner.Workspace.TimeOf(runner.Workspace.OutputSource));
            dOutput = layout.Floats(checked(positions * Padding.RoundUp(runner.Info.OutputSize)));
        }

        public void Run()
        {
            for (var first = 0; runner.NextGroup(ref first);)
            {
                runner.RunPlan(this);
                loss.Add();
                if (Metrics is not null)
                {
                    if (metricPasses.Length == 1)
                    {
                        metricPasses[0].AddTo(Metrics.Sums, Metrics.Confusion?.Counts);
                    }

                    for (var h = 0; h < Metrics.Heads.Count; h++)
                    {
                        metricPasses[h].AddTo(Metrics.Heads[h].Sums, Metrics.Heads[h].Confusion?.Counts);
                    }
                }
            }
        }

        public void Execute(int worker, int workers)
        {
            if (GoesOn)
            {
                states.Restore(0, worker);
            }

            runner.Rows.Gather(worker, in runner.From);
            runner.Forward.Run(worker);
            loss.Run(worker, in runner.From, dOutput);
            if (Metrics is not null)
            {
                foreach (var pass in metricPasses)
                {
                    pass.Run(worker);
                }
            }

            if (Carries)
            {
                states.Keep(0, worker);
            }
        }
    }
}
