using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Memory;
using FastRnn.Parameters;

namespace FastRnn.Execution;

/// <summary>A run with a backward pass: forward over a batch, then the gradients of everything, once or cut into groups of sequences and
/// segments of time. A window that does not fit is cut into segments, whose forward pass is computed twice (Chen et al. 2016, "Training
/// deep nets with sublinear memory cost"): once to keep the states between segments, and again, from the last segment to the first, with
/// the backward pass behind it.</summary>
internal sealed unsafe class RecordedRun : IPinnedRun, IDisposable
{
    private readonly PassJob passJob;
    private readonly SweepJob sweepJob;
    private readonly SegmentJob segmentJob;
    private readonly GradientJob gradientJob;
    private bool isWindow;
    private bool goesOn;

    /// <summary>Takes memory.</summary>
    /// <param name="model">The parameters.</param>
    /// <param name="sizes">For what there must be room.</param>
    /// <param name="needs">What besides passes is wanted.</param>
    /// <param name="more">What takes its own part of the memory besides.</param>
    public RecordedRun(ParameterStore model, RunSizes sizes, RecordedNeeds needs, Func<RecordedRun, ArenaLayout.Carver>? more = null)
        : this()
    {
        model.PrepareBackward();
        Runner = new Runner(model, sizes, Parts(needs, more));
    }

    private RecordedRun()
    {
        (passJob, sweepJob, segmentJob, gradientJob) = (new(this), new(this), new(this), new(this));
        Runner = null!;
    }

    /// <summary>The forward half.</summary>
    public Runner Runner { get; }

    /// <summary>The backward half.</summary>
    public BackwardPass Backward { get; private set; } = null!;

    /// <summary>From what it leaves to the gradients of parameters.</summary>
    public WeightGradients Gradients { get; private set; } = null!;

    /// <summary>The declared loss.</summary>
    public LossPass Loss { get; private set; } = null!;

    /// <summary>States that passes go on from, those between segments, and gradients of last states.</summary>
    public StateStore States { get; private set; } = null!;

    /// <summary>Steps of a window for which there is room.</summary>
    public int SegmentLength => Math.Min(Runner.Sizes.Steps, Math.Max(1, Runner.Sizes.PositionsOf(TimeDomain.Main) / Runner.Sizes.Batch));

    /// <summary>Bytes that such a run takes.</summary>
    public static long Measure(
        ParameterStore model, RunSizes sizes, RecordedNeeds needs, Func<RecordedRun, ArenaLayout.Carver>? more = null) =>
        Runner.Measure(model, sizes, new RecordedRun().Parts(needs, more));

    /// <summary>The loss of a batch, and the sum of the weights of its positions; its gradients are added to those that are there. Where
    /// the loss is a mean, what comes out is the gradient of the mean over all batches, however many positions each has.</summary>
    /// <param name="batch">Inputs and targets.</param>
    /// <param name="isWindow">Whether it is a window of streams, of which a segment holds all rows.</param>
    /// <param name="goesOn">Whether sequences begin with the states of boundary 0.</param>
    /// <param name="key">Of what is drawn.</param>
    /// <param name="weightBefore">The sum of the weights of the batches whose gradients are there.</param>
    public (double Sum, double Weight) AddBatch(
        in SequenceBatch batch, bool isWindow, bool goesOn, ulong key, double weightBefore = 0)
    {
        Runner.Input.Take(in batch);
        Loss.Take(in batch);
        Loss.WeightBefore = weightBefore;
        if (Runner.Info.Reduction == Reduction.Mean && weightBefore > 0 && Loss.TotalWeight > 0)
        {
            Gradients.Scale((float)(weightBefore / (weightBefore + Loss.TotalWeight)));
        }

        (this.isWindow, this.goesOn) = (isWindow, goesOn);
        Runner.Forward.Key.Value = key;
        Runner.Forward.Given = goesOn ? States.All : null;
        Runner.Run(this, in batch);
        return (Loss.Sum, Loss.TotalWeight);
    }

    /// <summary>After a window of all rows: its last states become those of boundary 0.</summary>
    public void KeepStates()
    {
        if (Segments > 1)
        {
            States.Move(Segments, 0);
            return;
        }

        for (var worker = 0; worker < Runner.Sizes.Workers; worker++)
        {
            States.Keep(0, worker);
        }
    }

    /// <summary>Adds the gradients of parameters of the plan that was just passed.</summary>
    public void AddGradients() => Runner.Team.Run(gradientJob, Runner.Plan.DeferredWorkers);

    /// <summary>A worker's share of the backward pass, from the gradients of outputs and of last states.</summary>
    public void Return(int worker)
    {
        Backward.Run(worker);
        Runner.Rows.ForgetMissing(worker, Backward.DInput);
    }

    /// <inheritdoc/>
    public void Run()
    {
        var (input, plan) = (Runner.Input, Runner.Plan);
        var hasSource = Runner.Info.Source is not null;
        Segments = 1;
        for (var first = 0; first < input.Count;)
        {
            var count = plan.Fitting(first, input.Count, hasSource);
            if ((count > 0 && !isWindow) || count == input.Count || !LayerStep.CanCarry(Runner.Info))
            {
                if (!Runner.NextGroup(ref first))
                {
                    return;
                }

                Runner.Forward.IsContinued = false;
                Runner.RunPlan(passJob);
                Loss.Add();
                AddGradients();
                continue;
            }

            // A window: all of its rows, cut in time. A sequence that is too long: this one.
            count = isWindow ? input.Count : 1;
            RunSegments(first, count);
            first += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Runner.Dispose();

    private int Segments { get; set; }

    private void RunSegments(int first, int count)
    {
        var plan = Runner.Plan;
        var length = Math.Max(1, Runner.Sizes.PositionsOf(TimeDomain.Main) / count);
        var steps = new ReadOnlySpan<int>(plan.MainLengths + first, count)[0];
        Segments = (steps + length - 1) / length;
        for (var segment = 0; segment < Segments; segment++)
        {
            Arrange(segment);
            Runner.RunPlan(sweepJob);
        }

        for (var segment = Segments - 1; segment >= 0; segment--)
        {
            Arrange(segment);
            segmentJob.IsLast = segment == Segments - 1;
            Runner.RunPlan(segmentJob);
            AddGradients();
            Loss.Add();
        }

        void Arrange(int segment)
        {
            plan.Arrange(first, count, hasSource: false, segment * length, length);
            Runner.Forward.IsContinued = segment > 0;
            (sweepJob.Segment, segmentJob.Segment) = (segment, segment);
        }
    }

    /// <summary>Makes the parts of a run, and says what they take of its memory.</summary>
    private Func<Runner, ArenaLayout.Carver> Parts(RecordedNeeds needs, Func<RecordedRun, ArenaLayout.Carver>? more) => runner =>
    {
        var history = needs.KeepsStateGradients ? new StateGradientHistory(runner.Workspace, runner.Plan) : null;
        Backward = new BackwardPass(runner.Forward, needs.InputGradient || InputPlace.Tables(runner.Info.Inputs) > 0) { History = history };
        Gradients = new WeightGradients(runner.Workspace, Backward);
        Loss = new LossPass(runner.Workspace, runner.Plan, runner.Input);
        States = new StateStore(runner.Workspace, runner.Plan, needs.Boundaries);
        var rest = more?.Invoke(this);
        return (ref ArenaLayout layout) =>
        {
            Backward.Carve(ref layout);
            Gradients.Carve(ref layout);
            Loss.Carve(ref layout);
            States.Carve(ref layout);
            rest?.Invoke(ref layout);
        };
    };

    private void Forward(int worker, int boundary)
    {
        // Segments behind the first one go on; the first one does if the pass does.
        if (Runner.Forward.IsContinued || goesOn)
        {
            States.Restore(boundary, worker);
        }

        Runner.Rows.Gather(worker, in Runner.From);
        Runner.Forward.Run(worker);
    }

    /// <summary>Forward, loss and backward of some sequences: no worker waits for another.</summary>
    private sealed class PassJob(RecordedRun run) : Threading.ITeamJob
    {
        public void Execute(int worker, int workers)
        {
            run.Forward(worker, 0);
            run.Loss.Run(worker, in run.Runner.From, run.Backward.DOutput);
            run.Backward.ClearStateGradients(worker);
            run.Return(worker);
        }
    }

    /// <summary>One segment forward; its last states are kept, and the next one begins with them.</summary>
    private sealed class SweepJob(RecordedRun run) : Threading.ITeamJob
    {
        public int Segment { get; set; }

        public void Execute(int worker, int workers)
        {
            run.Forward(worker, Segment);
            run.States.Keep(Segment + 1, worker);
        }
    }

    /// <summary>One segment forward again, its loss, and backward from where the segment behind it stopped.</summary>
    private sealed class SegmentJob(RecordedRun run) : Threading.ITeamJob
    {
        public int Segment { get; set; }

        public bool IsLast { get; set; }

        public void Execute(int worker, int workers)
        {
            run.Forward(worker, Segment);
            run.Loss.Run(worker, in run.Runner.From, run.Backward.DOutput);
            if (IsLast)
            {
                run.Backward.ClearStateGradients(worker);
            }

            run.Return(worker);
        }
    }

    /// <summary>Gradients of parameters need the rows of all workers.</summary>
    private sealed class GradientJob(RecordedRun run) : Threading.ITeamJob
    {
        public void Execute(int worker, int workers) => run.Gradients.Accumulate(worker, workers);
    }
}
