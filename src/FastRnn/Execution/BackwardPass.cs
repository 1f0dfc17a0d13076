using FastRnn.CompilerServices;
using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>The backward half of a recorded pass: all layers from the last to the first, row by row. What it leaves in
/// <see cref="DPre"/> is what <see cref="WeightGradients"/> turns into the gradients of the parameters.</summary>
internal sealed unsafe class BackwardPass
{
    private readonly delegate*<int, SimdWidth, in LayerCall, void> kernel;
    private readonly Workspace workspace;
    private readonly bool wantsInputGradient;
    private readonly nint[] dPre;

    // Where each layer writes the gradient of each of its sources, and of each of its first states that another layer computed; 0 if
    // nothing wants it.
    private readonly nint[][] edges;
    private readonly nint[][] startEdges;

    // What arrives at each layer, and at the model's input: one from each reader. The first holds their sum in the end.
    private readonly List<nint>[] arriving;
    private readonly List<nint> arrivingInput = [];

    // The same of what the encoder reads: it is wanted where this has tables of its own.
    private readonly List<nint> arrivingSource = [];
    private readonly bool wantsSourceGradient;
    private float* sourceScratch;

    public BackwardPass(ForwardPass forward, bool wantsInputGradient)
    {
        (Forward, workspace, this.wantsInputGradient) = (forward, forward.Workspace, wantsInputGradient);
        wantsSourceGradient = Array.Exists(workspace.SourceInputs, input => input.Table >= 0);
        kernel = workspace.Model.Kernels.Backward;
        dPre = new nint[workspace.Steps.Length];
        edges = [.. workspace.Steps.Select(step => new nint[step.Sources.Length])];
        startEdges = [.. workspace.Steps.Select(step => new nint[step.Starts.Length])];
        arriving = [.. workspace.Steps.Select(_ => new List<nint>())];
    }

    /// <summary>The forward half.</summary>
    public ForwardPass Forward { get; }

    /// <summary>Who does what.</summary>
    public BatchPlan Plan => Forward.Plan;

    /// <summary>The gradient of the model's outputs, padded rows, one a position of their time.</summary>
    public float* DOutput => (float*)arriving[workspace.OutputSource][0];

    /// <summary>The gradient of the model's input, padded rows, or null if nothing wants it.</summary>
    public float* DInput => arrivingInput.Count == 0 ? null : (float*)arrivingInput[0];

    /// <summary>The gradient of what the encoder reads, padded rows, or null if nothing wants it.</summary>
    public float* DSource => arrivingSource.Count == 0 ? null : (float*)arrivingSource[0];

    /// <summary>Where gradients of states are kept that a pass leaves behind at each step; null if nothing wants them.</summary>
    public StateGradientHistory? History { get; init; }

    private int[] DeadEnds { get; set; } = [];

    /// <summary>Takes this pass's part of an arena, after the workspace has taken its own.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        arrivingInput.Clear();
        arrivingSource.Clear();
        foreach (var list in arriving)
        {
            list.Clear();
        }

        arriving[workspace.OutputSource].Add(Take(ref layout, workspace.OutputSource));
        foreach (var step in workspace.Steps)
        {
            var (l, info) = (step.Index, step.Info);
            if (step.IsSkipped)
            {
                continue;
            }

            dPre[l] = info.DPreOnTape
                ? (nint)workspace[l].Tape
                : (nint)layout.Floats(checked((nint)workspace.Sizes.PositionsOf(step.Time) * info.DPreStride));
            for (var i = 0; i < edges[l].Length; i++)
            {
                edges[l][i] = CarveEdge(ref layout, step.Sources[i], info.ReadsToken);
            }

            for (var s = 0; s < startEdges[l].Length; s++)
            {
                startEdges[l][s] = step.Starts[s].Kind == StartKind.Layer
                    ? CarveEdge(ref layout, step.Starts[s].Index, readsToken: false) : 0;
            }
        }

        DeadEnds = Numbers.Below(arriving.Length, l => arriving[l].Count == 0 && !workspace.Steps[l].IsSkipped);
        foreach (var l in DeadEnds)
        {
            // Only states are read, and no outputs: their gradient stays zero.
            arriving[l].Add(Take(ref layout, l));
        }

        layout.SeparateWorkers();
        sourceScratch = layout.Floats(workspace.Steps.Any(step => step.Operator?.IsAttention == true)
            ? checked((nint)workspace.Sizes.Workers * ScratchStride) : 0);
        layout.SeparateWorkers();
        History?.Carve(ref layout);
    }

    /// <summary>What a layer leaves for the deferred products, one row a position.</summary>
    public float* DPre(int layer) => (float*)dPre[layer];

    /// <summary>The gradient of a layer's outputs, as it lies: padded rows, one a position.</summary>
    public float* Gradient(int layer) => (float*)arriving[layer][0];

    /// <summary>The gradient of a layer's outputs.</summary>
    public SequenceRows Gradients(int layer, int worker) => Rows(Gradient(layer), layer, worker);

    /// <summary>Whether something wants the gradient of one of a layer's sources.</summary>
    public bool HasEdge(int layer, int index) => edges[layer][index] != 0;

    /// <summary>Where a layer writes the gradient of one of its sources.</summary>
    public SequenceRows Edge(int layer, int index, int worker) =>
        Rows((float*)edges[layer][index], workspace.Steps[layer].Sources[index], worker);

    /// <summary>Where the gradient of a first state goes that another layer computed, <c>[B, D]</c>, padded rows.</summary>
    public float* StartEdge(int layer, int state) => (float*)startEdges[layer][state];

    /// <summary>The gradients of the last states by rows of the plan, <c>[B, D]</c>, padded; after <see cref="Run"/> those of the first
    /// states.</summary>
    public float* StateGradient(int layer, int state) => workspace[layer].States[state].Gradient;

    /// <summary>Room of a worker for a number for each step of a source.</summary>
    public float* SourceScratch(int worker) => sourceScratch + ((nint)worker * ScratchStride);

    /// <summary>No gradient comes from beyond the last step: what truncated BPTT assumes.</summary>
    public void ClearStateGradients(int worker)
    {
        var (begin, end) = Plan.Rows(worker);
        foreach (var step in workspace.Steps)
        {
            for (var s = 0; s < step.StateSizes.Length && !step.IsSkipped; s++)
            {
                var size = step.StateSizes[s];
                new Span<float>(StateGradient(step.Index, s) + ((nint)begin * size), (end - begin) * size).Clear();
            }
        }
    }

    /// <summary>The rows of one worker through some layers, from the last to the first: <see cref="DOutput"/> and the gradients of last
    /// states are set, and the layers behind are done.</summary>
    public void Run(int worker, int begin, int end)
    {
        var rows = Plan.Rows(worker);
        if (rows.Begin == rows.End)
        {
            return;
        }

        var loop = Forward.Loop;
        for (var l = end - 1; l >= begin; l--)
        {
            var step = workspace.Steps[l];
            if (l == loop?.End)
            {
                loop.Backward(this, worker);
            }

            if (step.IsSkipped)
            {
                continue;
            }

            if (loop?.Has(step) != true)
            {
                AddUp(arriving[l], l, worker);
                step.Operator?.Backward(this, step, worker);
                if (step.Operator is null)
                {
                    Kernel(step, worker);
                }
            }

            if (step.Operator is null && !Forward.IsContinued)
            {
                Forward.First.Backward(step, rows, this);
            }
        }

        if (begin == 0)
        {
            AddUp(arrivingInput, LayerWiring.MainInput, worker);
            AddUp(arrivingSource, LayerWiring.SourceInput, worker);
        }
    }

    /// <summary>One step of a layer of the loop.</summary>
    public void Once(LayerStep step, in Segment segment, int t, int worker)
    {
        GradientSum.Of(arriving[step.Index], step.OutputStride, in segment, t, t + 1);
        step.Operator?.Backward(this, step, worker);
        if (step.Operator is null)
        {
            var call = Call(step, worker);
            Once(ref call, step, in segment, t, worker);
        }
    }

    /// <summary>Whole pairs of cache lines for each worker.</summary>
    private int ScratchStride => (workspace.Sizes.SourceSteps + 31) / 32 * 32;

    private SequenceRows Rows(float* buffer, int source, int worker) =>
        Plan[workspace.TimeOf(source)].Rows(buffer, Padding.RoundUp(workspace.SizeOf(source)), worker);

    private void AddUp(List<nint> gradients, int source, int worker)
    {
        if (gradients.Count > 1)
        {
            GradientSum.Of(gradients, Padding.RoundUp(workspace.SizeOf(source)), Plan[workspace.TimeOf(source)], worker);
        }
    }

    private void Kernel(LayerStep step, int worker)
    {
        var time = Plan[step.Time];
        var (begin, end) = time.SegmentsOf(worker);
        var call = Call(step, worker);
        for (var s = end - 1; s >= begin; s--)
        {
            ref var segment = ref time.Segments[s];
            if (History is not null)
            {
                for (var t = segment.To - 1; t >= segment.From; t--)
                {
                    Once(ref call, step, in segment, t, worker);
                }

                continue;
            }

            Fill(ref call, step, in segment, worker);
            kernel(step.Index, workspace.Model.Width, in call);
        }
    }

    private void Fill(ref LayerCall call, LayerStep step, in Segment segment, int worker)
    {
        Forward.Fill(ref call, step, in segment, worker);
        nint position = segment.Position;
        call.DPre = DPre(step.Index) + (position * step.Info.DPreStride);
        call.DOutput = Gradient(step.Index) + (position * step.OutputStride);
        call.DInput = edges[step.Index][0] == 0 ? null : (float*)edges[step.Index][0] + (position * Padding.RoundUp(step.Info.InputSize));
    }

    private LayerCall Call(LayerStep step, int worker)
    {
        var call = workspace.Call(worker, step.Index);
        call.Hoisted = null;
        call.Weights = workspace.Model.BackwardWeights(step.Index);
        return call;
    }

    /// <summary>A step of a segment: between two steps the gradient of every state is there to be kept. A block cut into steps gives the
    /// bits of the whole block.</summary>
    private void Once(ref LayerCall call, LayerStep step, in Segment segment, int t, int worker)
    {
        var one = segment.At(t);
        Fill(ref call, step, in one, worker);
        History?.Keep(this, step, in one, isAfter: true);
        kernel(step.Index, workspace.Model.Width, in call);
        if (t == segment.From)
        {
            History?.Keep(this, step, in one, isAfter: false);
        }
    }

    private nint CarveEdge(ref ArenaLayout layout, int source, bool readsToken)
    {
        var list = source >= 0 ? arriving[source]
            : source == LayerWiring.MainInput && wantsInputGradient && !readsToken ? arrivingInput
            : source == LayerWiring.SourceInput && wantsSourceGradient ? arrivingSource
            : null;
        if (list is null)
        {
            return 0;
        }

        var edge = Take(ref layout, source);
        list.Add(edge);
        return edge;
    }

    /// <summary>Room for the gradient of a layer's outputs, or of an input.</summary>
    private nint Take(ref ArenaLayout layout, int source) => (nint)layout.Floats(
        checked((nint)workspace.Sizes.PositionsOf(workspace.TimeOf(source)) * Padding.RoundUp(workspace.SizeOf(source))));
}
