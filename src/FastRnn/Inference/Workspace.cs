using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <summary>The memory of a forward pass over <see cref="Steps"/> steps of <see cref="Batch"/> rows, and the pass itself. With a tape
/// every step keeps its own place; without one, states that nobody reads back share theirs.</summary>
internal sealed unsafe partial class Workspace<TModel>
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly LayerBuffers[] layers = new LayerBuffers[TModel.Info.Layers.Count];
    private readonly bool record;
    private readonly BFloat16Weights? rounded;
    private float* scratch;
    private float* hoisted;
    private StepBarrier* barrier;

    /// <summary>Writes down the sizes; <see cref="Carve"/> takes the memory.</summary>
    /// <param name="model">The parameters.</param>
    /// <param name="batch">B.</param>
    /// <param name="steps">The largest T.</param>
    /// <param name="workers">Workers.</param>
    /// <param name="record">Whether a backward pass follows.</param>
    /// <param name="weights">How weights are kept.</param>
    /// <param name="sourceSteps">The largest T of what an encoder reads; 0 if there is none.</param>
    /// <param name="gathers">Whether the input is always copied, because its rows are arranged anew.</param>
    public Workspace(
        Model<TModel> model, int batch, int steps, int workers, bool record, WeightFormat weights = WeightFormat.Float32, int sourceSteps = 0,
        bool gathers = false)
    {
        Model = model;
        Batch = batch;
        Steps = steps;
        SourceSteps = sourceSteps;
        Workers = workers;
        this.record = record;
        readsInPlace = !record && !gathers && !Info.IsWired && Info.Input == InputKind.Vector && (!Info.Layers[0].PadsInput || Info.InputSize == Padding.RoundUp(Info.InputSize));
        inputStride = readsInPlace ? Info.InputSize : Padding.RoundUp(Info.InputSize);
        if (weights == WeightFormat.BFloat16)
        {
            rounded = new BFloat16Weights(Info, model.Lanes, isPacked: batch == 1);
        }
    }

    public static ModelInfo Info => TModel.Info;

    public Model<TModel> Model { get; }

    public int Batch { get; }

    public int Steps { get; }

    public int SourceSteps { get; }

    public int Workers { get; }

    /// <summary><c>[T, B]</c>: the tokens of the pass, for a model that reads tokens.</summary>
    public int* Tokens { get; private set; }

    public LayerBuffers this[int layer] => layers[layer];

    /// <summary><c>[T, B, O]</c>, padded rows: what the last layer computed.</summary>
    public float* Output => OutputOf(layers.Length - 1);

    /// <summary>Takes the workspace's part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        Tokens = Info.Vocabulary > 0 ? layout.Ints((nint)Steps * Batch) : null;
        CarveInputs(ref layout);
        for (var l = 0; l < layers.Length; l++)
        {
            CarveLayer(ref layout, l);
        }

        layout.SeparateWorkers();
        scratch = layout.Floats((nint)Workers * LayerCall.ScratchFloats);
        layout.SeparateWorkers();
        hoisted = layout.Floats(Batch == 1 ? checked((nint)LayerCall.HoistSteps * Info.Layers.Max(l => l.HoistFloats)) : 0);
        layout.SeparateWorkers();
        barrier = layout.Take<StepBarrier>(1);
        rounded?.Carve(ref layout);
        CarveCalls(ref layout);
    }

    /// <summary>After <see cref="Carve"/>: makes the rounded weights, if these were asked for, or takes them over from another workspace of this kind together with its states.</summary>
    /// <exception cref="InvalidOperationException">A weight is not a finite number.</exception>
    public void Prepare(Workspace<TModel>? origin)
    {
        if (origin is null)
        {
            rounded?.Fill(Model.Parameters);
            return;
        }

        rounded?.CopyFrom(origin.rounded!);
        CopyState(origin);
    }

    /// <summary>The scratch of a worker.</summary>
    public float* Scratch(int worker) => scratch + ((nint)worker * LayerCall.ScratchFloats);

    /// <summary>Layer <paramref name="layer"/>'s outputs of steps 0 to T - 1.</summary>
    public float* OutputOf(int layer) => layers[layer].States[0].Values + layers[layer].States[0].Step;

    /// <summary>Checks tokens <c>[T, B]</c> at the door and keeps them for the pass.</summary>
    /// <returns>T.</returns>
    public int TakeTokens(ReadOnlySpan<int> tokens)
    {
        Door.Tokens(Info);
        var steps = Door.Steps(tokens.Length, Batch, Steps, nameof(tokens), "[T, B]");
        Door.Vocabulary(tokens, Info.Vocabulary, nameof(tokens), Batch);
        tokens.CopyTo(new Span<int>(Tokens, tokens.Length));
        return steps;
    }

    /// <summary>Checks vectors <c>[T, B, I]</c> at the door.</summary>
    /// <returns>T.</returns>
    public int CheckVectors(ReadOnlySpan<float> x)
    {
        Door.Vectors(Info);
        return Door.Steps(x.Length, Batch * Info.InputSize, Steps, nameof(x), "[T, B, I]");
    }

    /// <summary>The arguments that both directions share.</summary>
    public LayerCall Call(int layer, int worker, int steps, int rowBegin, int rowEnd) => new()
    {
        Steps = steps,
        Batch = Batch,
        RowBegin = rowBegin,
        RowEnd = rowEnd,
        Record = record,
        Input = layers[layer].Input,
        InputStride = layer == 0 && !Info.IsWired ? inputStride : Padding.RoundUp(Info.Layers[layer].InputSize),
        Tokens = Tokens,
        States = layers[layer].States,
        Tape = layers[layer].Tape,
        TapeStep = layers[layer].TapeStep,
        Scratch = Scratch(worker),
    };

    private void CarveLayer(ref ArenaLayout layout, int index)
    {
        var info = Info.Layers[index];
        var steps = StepsOf(info);
        ref var layer = ref layers[index];
        layer.States = layout.Take<StateBuffer>(info.States.Count);
        for (var s = 0; s < info.States.Count; s++)
        {
            var slot = (nint)Batch * info.States[s].PaddedSize;
            var hasHistory = record || info.States[s].NeedsHistory || (Info.IsWired && s == 0);
            var values = layout.Floats(checked(slot * (hasHistory ? steps + 1 : 1)));
            var gradient = record ? layout.Floats(slot) : null;
            if (!layout.IsMeasuring)
            {
                layer.States[s] = new StateBuffer { Values = values, Step = hasHistory ? slot : 0, Gradient = gradient };
            }
        }

        var tapeRow = (nint)Batch * info.TapeStride;
        layer.TapeStep = record ? tapeRow : 0;
        layer.Tape = layout.Floats(checked(tapeRow * (record ? steps : 1)));
        if (Info.IsWired)
        {
            layer.Input = layout.IsMeasuring ? null : ValuesOf(info.Wiring.Sources[0]);
        }
        else if (index == 0)
        {
            var input = layout.Floats(info.ReadsToken ? 0 : checked((nint)Steps * Batch * inputStride));
            settled = readsInPlace ? input : null;
            layer.Input = readsInPlace || info.ReadsToken ? null : input;
        }
        else if (!layout.IsMeasuring)
        {
            layer.Input = OutputOf(index - 1);
        }
    }
}
