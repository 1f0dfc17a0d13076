using System.Runtime.InteropServices;

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
        (passJob, sweepJob, gradientJob) = (new(this), new(this), new(this));
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
    public int SegmentLength => Math.Min(Runner.Sizes.Steps, Math.Max(1, Runner.Sizes.WholePositions / Runner.Sizes.Batch));

    /// <summary>The other processes that pass over parts of the same batches; null if there are none.</summary>
    public RankChain? Chain { get; private set; }

    /// <summary>From now on batches are passed over together with others.</summary>
    public void Join(RankGroup? ranks) => Chain = ranks is null or { Count: 1 } ? null : new RankChain(ranks, this);

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

        if (Chain?.Shard is (var begin, var end) && begin == end)
        {
            return;
        }

        for (var worker = 0; worker < Runner.Sizes.Workers; worker++)
        {
            States.Keep(0, worker);
        }
    }

    /// <summary>Adds the gradients of parameters of the plan that was just passed.</summary>
    public void AddGradients() => AddGradients(Gradients.Whole);

    /// <summary>Adds a part of them.</summary>
    public void AddGradients(GradientSlice slice)
    {
        gradientJob.Slice = slice;
        Runner.Team.Run(gradientJob, Runner.Plan.DeferredWorkers);
    }

    /// <summary>A worker's share of the backward pass, from the gradients of outputs and of last states.</summary>
    public void Return(int worker) => Return(worker, 0, Runner.Workspace.Steps.Length);

    /// <summary>The backward pass of some layers of the group or segment that was passed forward last; those behind them are
    /// done.</summary>
    public void PassBack((int Begin, int End) layers)
    {
        (passJob.IsForward, passJob.Layers) = (false, layers);
        Runner.RunRows(passJob);
    }

    /// <summary>A worker's share of the forward pass.</summary>
    public void Forward(int worker, int boundary)
    {
        // Segments behind the first one go on; the first one does if the pass does.
        if (Runner.Forward.IsContinued || goesOn)
        {
            States.Restore(boundary, worker);
        }

        Runner.Rows.Gather(worker, in Runner.From);
        Runner.Forward.Run(worker);
    }

    /// <summary>A worker's share of the backward pass of some layers; those behind them are done.</summary>
    public void Return(int worker, int begin, int end)
    {
        Backward.Run(worker, begin, end);
        if (begin == 0)
        {
            Runner.Rows.ForgetMissing(worker, Backward.DInput);
        }
    }

    /// <inheritdoc/>
    public void Run()
    {
        var (input, plan) = (Runner.Input, Runner.Plan);
        var hasSource = Runner.Info.Source is not null;
        var shard = Chain?.Shard ?? (0, input.Count);
        Segments = 1;
        Chain?.Expect();
        if (isWindow && (long)input.Count * plan.MainLengths[0] > Runner.Sizes.WholePositions && LayerStep.CanCarry(Runner.Info))
        {
            // All rows of the window, cut in time as if they were all here.
            RunSegments(shard, input.Count, begins: true, ends: true);
            return;
        }

        var (first, end) = shard;
        if (first == end)
        {
            Add(begins: true, ends: true, hasSequences: false);
        }

        while (first < end)
        {
            var begins = first == shard.Begin;
            if (plan.Fitting(first, end, hasSource) > 0 || !LayerStep.CanCarry(Runner.Info))
            {
                Runner.NextGroup(ref first, end);
                Runner.Forward.IsContinued = false;
                (passJob.Segment, passJob.IsLast) = (0, true);
                Pass(passJob);
                Add(begins, first == end, hasSequences: true);
                continue;
            }

            // A sequence that is too long by itself.
            RunSegments((first, ++first), 1, begins, ends: first == end);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Chain?.Leave() == false)
        {
            // Sums of a step that failed may still be on their way into this memory: it stays as long as the process.
            GCHandle.Alloc(this);
            return;
        }

        Runner.Dispose();
    }

    private int Segments { get; set; }

    /// <summary>Sequences of one length, cut in time.</summary>
    /// <param name="rows">Those of them that are passed over here; there may be none.</param>
    /// <param name="count">How many there are on all ranks, which says how long segments are.</param>
    /// <param name="begins">Whether nothing of the batch was passed over here before.</param>
    /// <param name="ends">Whether nothing of it comes here afterwards.</param>
    private void RunSegments((int Begin, int End) rows, int count, bool begins, bool ends)
    {
        var plan = Runner.Plan;
        var isHere = rows.Begin < rows.End;
        var length = Math.Max(1, Runner.Sizes.WholePositions / count);
        Segments = (plan.MainLengths[isHere ? rows.Begin : 0] + length - 1) / length;
        for (var segment = 0; segment < Segments && isHere; segment++)
        {
            Arrange(segment);
            sweepJob.Segment = segment;
            Runner.RunPlan(sweepJob);
        }

        for (var segment = Segments - 1; segment >= 0; segment--)
        {
            (passJob.Segment, passJob.IsLast) = (segment, segment == Segments - 1);
            if (isHere)
            {
                Arrange(segment);
                Pass(passJob);
            }

            // Segments of a window are added one after the other, each over all rows.
            Add(begins && (isWindow || passJob.IsLast), ends && (isWindow || segment == 0), isHere);
        }

        void Arrange(int segment)
        {
            plan.Arrange(rows.Begin, rows.End - rows.Begin, hasSource: false, segment * length, length);
            Runner.Forward.IsContinued = segment > 0;
        }
    }

    /// <summary>Passes over what the plan is arranged for; where there are other ranks, only forward: the chain passes back.</summary>
    private void Pass(PassJob job)
    {
        var layers = Runner.Workspace.Steps.Length;
        (job.IsForward, job.Layers) = (true, (Chain is null ? 0 : layers, layers));
        Runner.RunPlan(job);
    }

    /// <summary>Adds losses and gradients of what was passed, after those of the ranks before.</summary>
    private void Add(bool begins, bool ends, bool hasSequences)
    {
        if (Chain is { } chain)
        {
            chain.Add(begins, ends, hasSequences);
        }
        else if (hasSequences)
        {
            Loss.Add();
            AddGradients();
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
}
