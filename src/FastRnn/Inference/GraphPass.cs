using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <summary>A forward pass over a batch of sequences of any lengths, through any wiring of layers. Each worker takes its rows through everything; steps in which the same
/// rows run are one call of a kernel, so the work follows the sum of the lengths.</summary>
internal sealed unsafe partial class GraphPass<TModel>
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly Workspace<TModel> workspace;
    private readonly BatchPlan plan;
    private readonly nint[] attentionWeights = new nint[TModel.Info.Layers.Count];
    private readonly nint[] attentionVectors = new nint[TModel.Info.Layers.Count];
    private readonly int mostStates = TModel.Info.Layers.Max(l => l.States.Count);
    private StateBuffer* shifted;

    public GraphPass(Workspace<TModel> workspace, BatchPlan plan)
    {
        this.workspace = workspace;
        this.plan = plan;
        if (ReadsParameters)
        {
            // Embedded weights may have no canonical copy yet: it is made here and not in the first step.
            _ = workspace.Model.ParameterAddress;
        }
    }

    /// <summary>Whether numbers are dropped and drawn.</summary>
    public bool IsTraining { get; set; }

    /// <summary>Whether states go on where the last pass left them (<see cref="Workspace{TModel}.CarryState"/>).</summary>
    public bool CarriesState { get; set; }

    /// <summary>The key of what is drawn, see <see cref="RandomMask"/>.</summary>
    public ulong Key { get; set; }

    /// <summary>Whether a pass can begin where another one stopped: nothing looks at a sequence as a whole.</summary>
    public static bool CanCarry { get; } = TModel.Info.Layers.All(l =>
        l.Wiring is null || (l.Wiring.Domain == TimeDomain.Main
            && l.Wiring.Operation is LayerOperation.Kernel or LayerOperation.Dropout or LayerOperation.Concat or LayerOperation.Sum));

    /// <summary>Whether every step can have its output before the next one comes: as <see cref="CanCarry"/>, and the last step of a sequence is the one that just was.</summary>
    public static bool CanStream { get; } = TModel.Info.Layers.All(l =>
        l.Wiring is null || (l.Wiring.Domain != TimeDomain.Source
            && l.Wiring.Operation is LayerOperation.Kernel or LayerOperation.Dropout or LayerOperation.Concat or LayerOperation.Sum or LayerOperation.PoolLast));

    private static ModelInfo Info => TModel.Info;

    /// <summary>Whether somebody other than a kernel calls <see cref="Parameter"/>: a learned start, an attention, an embedding in the middle.</summary>
    private static bool ReadsParameters { get; } = Info.Layers.Any(l =>
        l.Wiring is { } wiring && ((wiring.Operation != LayerOperation.Kernel && l.ParameterCount > 0) || wiring.Starts.Any(s => s.Kind == StartKind.Learned)));

    /// <summary>Takes this pass's part of an arena, after the workspace has taken its own.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        layout.SeparateWorkers();
        shifted = layout.Take<StateBuffer>((nint)workspace.Workers * ShiftedStride);
        for (var l = 0; l < attentionWeights.Length; l++)
        {
            var operation = Operation(l);
            if (operation is LayerOperation.DotAttention or LayerOperation.AdditiveAttention)
            {
                attentionWeights[l] = (nint)layout.Floats(checked((nint)workspace.Steps * workspace.Batch * WeightStride));
            }

            if (operation == LayerOperation.AdditiveAttention)
            {
                attentionVectors[l] = (nint)layout.Floats(Padding.RoundUp(Info.Layers[l].ParameterCount));
            }
        }
    }

    /// <summary>Before the workers begin: what they share.</summary>
    public void Prepare()
    {
        for (var l = 0; l < attentionVectors.Length; l++)
        {
            if (attentionVectors[l] != 0)
            {
                VectorRows.Copy(Parameter(l, 0), (float*)attentionVectors[l], Info.Layers[l].ParameterCount);
            }
        }
    }

    /// <summary>The rows of one worker through all layers.</summary>
    public void Forward(int worker)
    {
        for (var l = 0; l < Info.Layers.Count; l++)
        {
            Forward(l, worker);
        }
    }

    /// <summary>The rows of one worker through the layers of the model's own time, or through all others.</summary>
    public void Forward(int worker, bool main)
    {
        for (var l = 0; l < Info.Layers.Count; l++)
        {
            if (DomainOf(l) == TimeDomain.Main == main)
            {
                Forward(l, worker);
            }
        }
    }

    private void Forward(int l, int worker)
    {
        var rows = plan.Rows(worker);
        if (rows.Begin < rows.End)
        {
            if (Operation(l) == LayerOperation.Kernel)
            {
                Start(l, rows);
                Kernel(l, worker, rows);
            }
            else
            {
                Forward(l, rows);
            }
        }
    }

    /// <summary>A layer's operation.</summary>
    public static LayerOperation Operation(int layer) => Info.Layers[layer].Wiring?.Operation ?? LayerOperation.Kernel;

    /// <summary>The weights of an attention layer, <c>[T, B, S]</c>.</summary>
    public SequenceRows AttentionWeights(int layer) => new((float*)attentionWeights[layer], (nint)workspace.Batch * WeightStride, WeightStride);

    /// <summary>The rows under a number in <see cref="LayerWiring.Sources"/>.</summary>
    public SequenceRows Values(int source) => Rows(workspace.ValuesOf(source), Workspace<TModel>.SizeOf(source));

    /// <summary>Rows of a length, padded, in a buffer of all steps.</summary>
    public SequenceRows Rows(float* first, int size) => new(first, (nint)workspace.Batch * Padding.RoundUp(size), Padding.RoundUp(size));

    /// <summary>Where, along another time, the sequence of a row lies.</summary>
    public int RowIn(TimeDomain to, TimeDomain from, int row) => plan[to].Row[plan[from].Sequence[row]];

    /// <summary>A kernel's arguments for the steps from <paramref name="from"/> to before <paramref name="to"/>: step 0 of all its buffers is the first of them.</summary>
    public LayerCall Call(int layer, int worker, int from, int to, int rowBegin, int rowEnd)
    {
        var call = workspace.Call(layer, worker, to - from, rowBegin, rowEnd);
        call.Position = from;
        if (DomainOf(layer) == TimeDomain.Source)
        {
            call.Tokens = workspace.SourceTokens;
        }

        if (from > 0)
        {
            Shift(ref call, layer, worker, from);
        }

        return call;
    }

    /// <summary>A layer's time.</summary>
    public static TimeDomain DomainOf(int layer) => Workspace<TModel>.DomainOf(Info.Layers[layer]);

    /// <summary>A parameter of a layer in the canonical order.</summary>
    public float* Parameter(int layer, int index) =>
        workspace.Model.ParameterAddress + Info.Layers[layer].ParameterOffset + Info.Layers[layer].Parameters[index].Offset;

    /// <summary>A whole pair of cache lines for each worker.</summary>
    private int ShiftedStride => (mostStates + 15) / 16 * 16;

    private int WeightStride => Padding.RoundUp(workspace.SourceSteps);

    private void Kernel(int layer, int worker, RowRange rows)
    {
        var lengths = plan[DomainOf(layer)].Length;
        for (var from = 0; ;)
        {
            var (to, end) = rows.After(from, lengths);
            if (to == from)
            {
                return;
            }

            var call = Call(layer, worker, from, to, rows.Begin, end);
            call.Weights = workspace.Model.ForwardWeights(layer);
            if (!Info.Layers[layer].IsRecurrent && end - rows.Begin == workspace.Batch)
            {
                // Nothing is carried from step to step: all steps are rows of one.
                call.Batch = call.RowEnd = call.Steps * workspace.Batch;
                call.Steps = 1;
            }

            TModel.Forward(layer, workspace.Model.Width, in call);
            from = to;
        }
    }

    private void Shift(ref LayerCall call, int layer, int worker, int from)
    {
        var info = Info.Layers[layer];
        var positions = (nint)from * workspace.Batch;
        call.Input = call.Input == null ? null : call.Input + (positions * call.InputStride);
        call.Tokens = call.Tokens == null ? null : call.Tokens + positions;
        call.Tape += from * call.TapeStep;
        var states = shifted + ((nint)worker * ShiftedStride);
        for (var s = 0; s < info.States.Count; s++)
        {
            states[s] = call.States[s];
            states[s].Values += from * states[s].Step;
        }

        call.States = states;
    }
}
