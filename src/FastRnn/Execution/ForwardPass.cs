using FastRnn.CompilerServices;
using FastRnn.Kernels;

namespace FastRnn.Execution;

/// <summary>A forward pass over the sequences of a plan, through any wiring of layers. Each worker takes its sequences through all of it;
/// steps in which the same rows run are one call of a kernel, so the work follows the sum of the lengths.</summary>
internal sealed unsafe class ForwardPass
{
    /// <summary>Steps from which on it pays to read the weights of x once for all of them.</summary>
    private const int FewestHoisted = 3;

    private readonly delegate*<int, SimdWidth, in LayerCall, void> kernel;
    private readonly Workspace workspace;
    private readonly LayerStep[] steps;
    private readonly ZoneoutMasks zoneout;

    public ForwardPass(Workspace workspace, BatchPlan plan, PassKey key)
    {
        (this.workspace, Plan, Key) = (workspace, plan, key);
        steps = workspace.Steps;
        kernel = workspace.Model.Kernels.Forward;
        First = new FirstStates(workspace, plan, key);
        zoneout = new ZoneoutMasks(workspace, plan, key);
        Loop = FeedingLoop.Of(this);
        if (steps.Any(step => (step.Operator is not null && step.ParameterCount > 0) || step.Starts.Any(s => s.Kind == StartKind.Learned)))
        {
            // Embedded weights may have no canonical copy yet: it is made here and not in the first step.
            _ = workspace.Model.ParameterAddress;
        }
    }

    /// <summary>The memory.</summary>
    public Workspace Workspace => workspace;

    /// <summary>Who does what.</summary>
    public BatchPlan Plan { get; }

    /// <summary>What is drawn.</summary>
    public PassKey Key { get; }

    /// <summary>With what states begin.</summary>
    public FirstStates First { get; }

    /// <summary>The layers that go step by step together; null if nothing is fed back.</summary>
    public FeedingLoop? Loop { get; }

    /// <summary>For each layer, states that a pass finds in place; null where all begin anew.</summary>
    public bool[][]? Given { get; set; }

    /// <summary>Whether a pass is the middle of its sequences: states are there, and nothing begins.</summary>
    public bool IsContinued { get; set; }

    /// <summary>Steps that a stream has gone before this pass, as far as they are even or odd.</summary>
    public int Position { get; set; }

    /// <summary>Before the workers begin: what they share.</summary>
    public void Prepare()
    {
        foreach (var step in steps)
        {
            if (workspace[step.Index].Vector is var vector && vector != null && step.ParameterCount > 0)
            {
                VectorRows.Copy(workspace.Model.Parameter(step.Index, 0), vector, step.ParameterCount);
            }
        }
    }

    /// <summary>The rows of one worker through all layers.</summary>
    public void Run(int worker) => Run(worker, main: true, others: true);

    /// <summary>The rows of one worker through the layers of the model's own time, or through all others.</summary>
    public void Run(int worker, bool main) => Run(worker, main, !main);

    /// <summary>The same rows of a stream as in the pass before, all of them in one segment: arguments of kernels stay as they were, except
    /// where the input stands and which step it is.</summary>
    public void Repeat(int worker)
    {
        foreach (var step in steps)
        {
            if (step.Time != TimeDomain.Main)
            {
                continue;
            }

            if (step.Operator is not null || step.IsSkipped)
            {
                Run(step, worker);
                continue;
            }

            ref var call = ref workspace.Call(worker, step.Index);
            if (step.Source >= 0)
            {
                call.Input = workspace.OutputsOf(step.Source, Plan.Count);
            }
            else if (step.Source == LayerWiring.MainInput)
            {
                call.Input = workspace.MainInput;
                call.InputStride = workspace.MainStride;
            }

            call.Position = Position;
            kernel(step.Index, workspace.Model.Width, in call);
        }
    }

    private void Run(int worker, bool main, bool others)
    {
        for (var l = 0; l < steps.Length; l++)
        {
            if (Loop?.Has(steps[l]) != true && (steps[l].Time == TimeDomain.Main ? main : others))
            {
                Run(steps[l], worker);
            }

            if (l == Loop?.End && main)
            {
                Loop.Forward(worker);
            }
        }
    }

    private void Run(LayerStep step, int worker)
    {
        if (step.IsSkipped)
        {
            return;
        }

        if (step.Operator is null)
        {
            if (!IsContinued)
            {
                Begin(step, worker);
            }

            Kernel(step, worker);
            return;
        }

        if (Plan.Leads(worker))
        {
            step.Operator.Forward(this, step, worker);
        }

        Meet();
    }

    /// <summary>The states of a worker's rows begin; nothing if the layer carries none.</summary>
    public void Begin(LayerStep step, int worker)
    {
        if (!step.Info.IsRecurrent)
        {
            return;
        }

        if (Plan.Leads(worker))
        {
            First.Begin(step, Plan.Rows(worker), Given?[step.Index]);
        }

        Meet();
    }

    private void Kernel(LayerStep step, int worker)
    {
        var rows = Plan[step.Time];
        var (begin, end) = rows.SegmentsOf(Plan.Part(worker));
        for (var s = begin; s < end; s++)
        {
            ref var segment = ref rows.Segments[s];
            if (s > begin)
            {
                Carry(step, in rows.Segments[s - 1], in segment, worker);
            }

            Kernel(step, in segment, worker);
        }
    }

    private void Kernel(LayerStep step, in Segment segment, int worker)
    {
        if (step.Zoned.Length > 0 && workspace.Sizes.Records)
        {
            Hold(step, in segment, worker);
        }

        ref var call = ref workspace.Call(worker, step.Index);
        Fill(ref call, step, in segment, worker);
        call.Hoisted = call.Batch == 1 && call.Steps >= FewestHoisted && step.Info.HoistFloats > 0 ? workspace.Hoisted(worker) : null;
        if (step.MergesSteps && call.Steps > 1 && call.RowEnd - call.RowBegin == call.Batch && !call.BFloat16)
        {
            // Nothing is carried from step to step: all steps are rows of one.
            call.Batch = call.RowEnd = call.Steps * call.Batch;
            call.Steps = 1;
        }

        kernel(step.Index, workspace.Model.Width, in call);
    }

    /// <summary>One step of a layer of the loop.</summary>
    public void Once(LayerStep step, in Segment one, int worker)
    {
        if (step.Operator is null)
        {
            Kernel(step, in one, worker);
            return;
        }

        if (Plan.Leads(worker))
        {
            step.Operator.Forward(this, step, worker);
        }

        Meet();
    }

    /// <summary>The masks of the next steps.</summary>
    private void Hold(LayerStep step, in Segment segment, int worker)
    {
        if (Plan.Leads(worker))
        {
            zoneout.Fill(step, in segment);
        }

        Meet();
    }

    /// <summary>The arguments that forward and backward kernels share, for the steps of a segment.</summary>
    public void Fill(ref LayerCall call, LayerStep step, in Segment segment, int worker)
    {
        call.Steps = segment.To - segment.From;
        call.Batch = segment.Batch;
        call.RowBegin = segment.RowBegin;
        call.RowEnd = segment.RowEnd;
        call.Parts = Plan.Parts;
        call.Input = workspace.InputOf(step.Source, in segment);
        call.InputStride = workspace.InputStride(step.Source);
        var tokens = step.Time == TimeDomain.Source ? workspace.SourceTokens : workspace.Tokens;
        call.Tokens = tokens == null ? null : tokens + segment.Position;
        call.States = workspace.StatesOf(step.Index, in segment, worker);
        var records = call.Record;
        nint tape = step.Info.TapeStride;
        call.Tape = workspace[step.Index].Tape + ((records ? segment.Position : segment.FirstRow) * tape);
        call.TapeStep = records ? segment.Batch * tape : 0;
        call.Position = Position + segment.From;
    }

    /// <summary>Rows that go on where others have ended lie in a new block: what they carry comes along.</summary>
    public void Carry(LayerStep step, in Segment from, in Segment to, int worker)
    {
        if ((!step.Info.IsRecurrent && step.Index != Loop?.End) || !Plan.Leads(worker))
        {
            Meet();
            return;
        }

        for (var s = 0; s < step.StateSizes.Length; s++)
        {
            ref var state = ref workspace[step.Index].States[s];
            nint size = step.StateSizes[s];
            if (state.Step != 0)
            {
                var last = state.Values + ((from.Slot + ((nint)(from.To - from.From) * from.Batch)) * size);
                VectorRows.Copy(last, state.Values + (to.Slot * size), to.Batch * (int)size);
            }
        }

        Meet();
    }

    /// <summary>Where units are split, workers wait for each other.</summary>
    public void Meet()
    {
        if (Plan.Parts > 1)
        {
            workspace.Barrier->Meet(Plan.Parts);
        }
    }
}
