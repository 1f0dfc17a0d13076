using FastRnn.CompilerServices;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Parameters;

namespace FastRnn.Execution;

/// <summary>The memory of a forward pass: inputs, states and tapes of all layers, and the arguments of their kernels as far as they are the
/// same in every pass.</summary>
internal sealed unsafe class Workspace
{
    private readonly LayerBuffers[] layers;
    private readonly ConvertedWeights? converted;
    private readonly BatchPlan plan;
    private LayerCall* calls;
    private StateBuffer* shifted;
    private float* hoisted;
    private readonly int mostStates;
    private readonly int hoistFloats;

    public Workspace(ParameterStore model, RunSizes sizes, BatchPlan plan)
    {
        (Model, Sizes, this.plan) = (model, sizes, plan);
        Steps = LayerStep.Of(model.Info, sizes);
        layers = [.. Steps.Select(_ => new LayerBuffers())];
        (Inputs, SourceInputs) = (InputPlace.Of(Info), InputPlace.OfSource(Info));
        OutputSource = LayerStep.Resolve(Steps, Steps.Length - 1);
        mostStates = Numbers.Max(Info.Layers, l => l.States.Count);
        hoistFloats = Numbers.Max(Info.Layers, l => l.HoistFloats) * LayerCall.HoistSteps;
        if (sizes.Weights == WeightFormat.BFloat16)
        {
            converted = new BFloat16Weights(Info, model.Lanes, sizes.Float32Layers, isPacked: sizes.Batch == 1);
        }
        else if (Int8Product.IsSupported && sizes.Weights == WeightFormat.Int8)
        {
            converted = new Int8Weights(Info, model.Lanes, sizes.Float32Layers);
        }

        if (converted is null)
        {
            model.PrepareForward();
        }
    }

    /// <summary>The model's tables.</summary>
    public ModelInfo Info => Model.Info;

    /// <summary>The parameters.</summary>
    public ParameterStore Model { get; }

    /// <summary>For what there is room.</summary>
    public RunSizes Sizes { get; }

    /// <summary>What a pass does at each layer.</summary>
    public LayerStep[] Steps { get; }

    /// <summary>Where the model's outputs stand: the last layer, or what a dropout there reads.</summary>
    public int OutputSource { get; }

    /// <summary>The inputs of the model's own time.</summary>
    public InputPlace[] Inputs { get; }

    /// <summary>The inputs of the encoder; none without one.</summary>
    public InputPlace[] SourceInputs { get; }

    /// <summary>One a position of the model's own time: its tokens. Where a position has several, all first ones, then all second
    /// ones.</summary>
    public int* Tokens { get; private set; }

    /// <summary>One a position of the source: the tokens that the encoder reads, laid out as <see cref="Tokens"/>.</summary>
    public int* SourceTokens { get; private set; }

    /// <summary>What the model reads, <see cref="MainStride"/> floats a position; null if no layer wants vectors.</summary>
    public float* MainInput { get; set; }

    /// <summary>Room for it.</summary>
    public float* MainRoom { get; private set; }

    /// <summary>Which positions have no input; null if nothing goes back to it.</summary>
    public bool* IsMissing { get; private set; }

    /// <summary>Floats from a row of <see cref="MainInput"/> to the next.</summary>
    public int MainStride { get; set; }

    /// <summary>What the encoder reads, if these are vectors.</summary>
    public float* SourceInput { get; private set; }

    /// <summary><c>[B, C]</c>: from what sequences start.</summary>
    public float* Condition { get; private set; }

    /// <summary>Where the workers meet that share the units.</summary>
    public StepBarrier* Barrier { get; private set; }

    /// <summary>Whether all who read the model's vectors are kernels that take rows of any stride.</summary>
    public bool CanReadInPlace => Info.Input == InputKind.Vector && !Sizes.Records && Steps.All(step =>
        step.IsSkipped || !Numbers.Has(step.Sources, LayerWiring.MainInput)
            || (step.Operator is null && (!step.Info.PadsInput || Info.InputSize == Padding.RoundUp(Info.InputSize))));

    /// <summary>The memory of a layer.</summary>
    public LayerBuffers this[int layer] => layers[layer];

    /// <summary>The embedding as this run reads it.</summary>
    public float* Embedding => converted is null ? Model.EmbeddingAddress : converted.Embedding;

    /// <summary>Where the tokens of an input stand, one a position.</summary>
    public int* TokensOf(InputPlace input, TimeDomain time) =>
        (time == TimeDomain.Source ? SourceTokens : Tokens) + ((nint)input.Token * Sizes.PositionsOf(time));

    /// <summary>Takes the workspace's part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        nint positions = Sizes.PositionsOf(TimeDomain.Main);
        Tokens = Info.TokenCount > 0 ? layout.Ints(checked(positions * Info.TokenCount)) : null;
        IsMissing = Sizes.Records ? (bool*)layout.Bytes(positions) : null;
        var readsVectors = Steps.Any(step => !step.IsSkipped && Numbers.Has(step.Sources, LayerWiring.MainInput) && !step.Info.ReadsToken);
        MainStride = Padding.RoundUp(Info.InputSize);
        MainRoom = MainInput = readsVectors ? layout.Floats(checked(positions * MainStride)) : null;
        Condition = layout.Floats(checked((nint)Sizes.Batch * Padding.RoundUp(Info.ConditionSize)));
        if (Info.Source is { } source)
        {
            nint sourcePositions = Sizes.PositionsOf(TimeDomain.Source);
            SourceTokens = source.TokenCount > 0 ? layout.Ints(checked(sourcePositions * source.TokenCount)) : null;
            SourceInput =
                layout.Floats(source.Input == InputKind.Embedding ? 0 : checked(sourcePositions * Padding.RoundUp(source.InputSize)));
        }

        for (var l = 0; l < layers.Length; l++)
        {
            layers[l].Carve(ref layout, Steps[l], Sizes);
        }

        layout.SeparateWorkers();
        var scratch = layout.Floats((nint)Sizes.Workers * LayerCall.ScratchFloats);
        layout.SeparateWorkers();
        hoisted = layout.Floats(Hoists ? checked((nint)Sizes.Workers * HoistStride) : 0);
        layout.SeparateWorkers();
        Barrier = layout.Take<StepBarrier>(1);
        layout.SeparateWorkers();
        shifted = layout.Take<StateBuffer>((nint)Sizes.Workers * ShiftedStride);
        converted?.Carve(ref layout);
        layout.SeparateWorkers();
        var roomBytes = ((converted?.RoomBytes ?? 0) + 127) / 128 * 128;
        var room = layout.Bytes(checked((nint)Sizes.Workers * roomBytes));
        CarveCalls(ref layout, scratch, room, roomBytes);
    }

    /// <summary>After <see cref="Carve"/>: makes the rounded weights, if these were asked for, or takes them over from another workspace of
    /// this kind.</summary>
    /// <exception cref="InvalidOperationException">A weight is not a finite number.</exception>
    public void Prepare(Workspace? origin)
    {
        if (origin is null)
        {
            Convert();
        }
        else
        {
            converted?.CopyFrom(origin.converted!);
        }
    }

    /// <summary>Rounds the parameters as they are now: never those of half an edit.</summary>
    private void Convert()
    {
        if (converted is not null)
        {
            var seen = Model.Changes.BeginRead();
            converted.Fill(Model.Parameters);
            Model.Changes.EndRead(seen);
        }
    }

    /// <summary>A worker's arguments for a layer, as far as they are the same in every pass.</summary>
    public ref LayerCall Call(int worker, int layer) => ref calls[((nint)worker * layers.Length) + layer];

    /// <summary>The length of a row of a source, without padding.</summary>
    public int SizeOf(int source) => source switch
    {
        LayerWiring.MainInput => Info.InputSize,
        LayerWiring.SourceInput => Info.Source!.InputSize,
        LayerWiring.ConditionInput => Info.ConditionSize,
        _ => Info.Layers[source].OutputSize,
    };

    /// <summary>Along which time a source lies.</summary>
    public TimeDomain TimeOf(int source) => source switch
    {
        LayerWiring.MainInput => TimeDomain.Main,
        LayerWiring.SourceInput => TimeDomain.Source,
        LayerWiring.ConditionInput => TimeDomain.Single,
        _ => Steps[source].Time,
    };

    /// <summary>The rows of a source, as a worker finds them: a layer's outputs, or an input of the model.</summary>
    public SequenceRows Values(int source, int worker) => source < 0
        ? plan[TimeOf(source)].Rows(InputAddress(source), InputStride(source), plan.Part(worker))
        : plan[Steps[source].Time].AfterSteps(layers[source].States[0].Values, Steps[source].StateSizes[0], plan.Part(worker));

    /// <summary>The outputs of a layer, each one step late.</summary>
    public SequenceRows ValuesBefore(int layer, int worker) =>
        plan[Steps[layer].Time].BeforeSteps(layers[layer].States[0].Values, Steps[layer].StateSizes[0], plan.Part(worker));

    /// <summary>Where a kernel finds its input for a segment: the row of its first step.</summary>
    public float* InputOf(int source, in Segment segment) => source < 0
        ? InputAddress(source) is var input && input == null ? null : input + ((nint)segment.Position * InputStride(source))
        : OutputsOf(source, segment.Slot + segment.Batch);

    /// <summary>A layer's outputs from a row of its states on.</summary>
    public float* OutputsOf(int layer, int slot) => layers[layer].States[0].Values + ((nint)slot * Steps[layer].OutputStride);

    /// <summary>Floats from a row of a source to the next.</summary>
    public int InputStride(int source) => source >= 0 ? Steps[source].OutputStride
        : source == LayerWiring.MainInput ? MainStride : Padding.RoundUp(SizeOf(source));

    /// <summary>A row's state after <paramref name="t"/> steps.</summary>
    public float* StateAt(int layer, int state, int row, int t)
    {
        ref var buffer = ref layers[layer].States[state];
        var slot = buffer.Step == 0 ? row : plan[Steps[layer].Time].SlotOf(row, t);
        return buffer.Values + ((nint)slot * Steps[layer].StateSizes[state]);
    }

    /// <summary>The states of a layer for a segment: slot 0 is what its first step finds.</summary>
    public StateBuffer* StatesOf(int layer, in Segment segment, int worker)
    {
        if (segment.Batch == Sizes.Batch && segment.FirstRow == 0 && segment.Slot == 0)
        {
            return layers[layer].States;
        }

        var states = layers[layer].States;
        var own = shifted + ((nint)worker * ShiftedStride);
        var sizes = Steps[layer].StateSizes;
        for (var s = 0; s < sizes.Length; s++)
        {
            nint size = sizes[s];
            var hasHistory = states[s].Step != 0;
            own[s] = new StateBuffer
            {
                Values = states[s].Values + ((hasHistory ? segment.Slot : segment.FirstRow) * size),
                Step = hasHistory ? segment.Batch * size : 0,
                Gradient = states[s].Gradient == null ? null : states[s].Gradient + (segment.FirstRow * size),
            };
        }

        return own;
    }

    /// <summary>Room for what a worker makes of x ahead of the recurrence.</summary>
    public float* Hoisted(int worker) => hoistFloats == 0 ? null : hoisted + (Sizes.SplitsUnits ? 0 : (nint)worker * HoistStride);

    /// <summary>Only single rows hoist: those of a stream alone, and the longest one of a batch of sequences or of what an encoder
    /// reads.</summary>
    private bool Hoists => Sizes.Batch == 1 || !Sizes.IsStream || Info.Source is not null;

    private int HoistStride => (hoistFloats + 31) / 32 * 32;

    /// <summary>A whole pair of cache lines for each worker.</summary>
    private int ShiftedStride => (mostStates + 15) / 16 * 16;

    private float* InputAddress(int source) => source switch
    {
        LayerWiring.MainInput => MainInput,
        LayerWiring.SourceInput => SourceInput,
        _ => Condition,
    };

    private void CarveCalls(ref ArenaLayout layout, float* scratch, byte* room, int roomBytes)
    {
        layout.SeparateWorkers();
        calls = layout.Take<LayerCall>((nint)Sizes.Workers * layers.Length);
        for (var worker = 0; worker < Sizes.Workers && !layout.IsMeasuring; worker++)
        {
            for (var l = 0; l < layers.Length; l++)
            {
                var isConverted = converted?.IsConverted(l) ?? false;
                Call(worker, l) = new LayerCall
                {
                    Record = Sizes.Records,
                    Weights = converted is null ? Model.ForwardWeights(l) : converted.Layer(l),
                    BFloat16 = isConverted && Sizes.Weights == WeightFormat.BFloat16 && Sizes.Batch == 1,
                    Int8Room = roomBytes == 0 || !isConverted ? null : room + ((nint)worker * roomBytes),
                    Scratch = scratch + ((nint)worker * LayerCall.ScratchFloats),
                    Barrier = Barrier,
                    Part = Sizes.SplitsUnits ? worker : 0,
                    Parts = 1,
                };
            }
        }
    }
}
