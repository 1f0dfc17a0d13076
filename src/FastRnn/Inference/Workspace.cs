using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <summary>The memory of a forward pass over <see cref="Steps"/> steps of <see cref="Batch"/> rows, and the pass itself. With a tape
/// every step keeps its own place; without one, states that nobody reads back share theirs.</summary>
internal sealed unsafe class Workspace<TModel>
    where TModel : Model<TModel>, IModel<TModel>
{
    /// <summary>Steps from which on it pays to read the weights of x once for all of them.</summary>
    private const int FewestHoisted = 3;

    private readonly LayerBuffers[] layers = new LayerBuffers[TModel.Info.Layers.Count];
    private readonly bool record;
    private readonly BFloat16Weights? rounded;
    private readonly delegate*<int, SimdWidth, in LayerCall, void> forward = &TModel.Forward;
    private readonly bool[] isRecurrent = [.. TModel.Info.Layers.Select(l => l.IsRecurrent)];
    private readonly bool[] hoists = [.. TModel.Info.Layers.Select(l => l.HoistFloats > 0)];
    private readonly int[] stateCounts = [.. TModel.Info.Layers.Select(l => l.States.Count)];
    private float* scratch;
    private float* hoisted;
    private StepBarrier* barrier;
    private int position;

    /// <summary>Writes down the sizes; <see cref="Carve"/> takes the memory.</summary>
    public Workspace(Model<TModel> model, int batch, int steps, int workers, bool record, WeightFormat weights = WeightFormat.Float32)
    {
        Model = model;
        Batch = batch;
        Steps = steps;
        Workers = workers;
        this.record = record;
        if (weights == WeightFormat.BFloat16)
        {
            rounded = new BFloat16Weights(Info, model.Lanes, isPacked: batch == 1);
        }
    }

    public static ModelInfo Info => TModel.Info;

    public Model<TModel> Model { get; }

    public int Batch { get; }

    public int Steps { get; }

    public int Workers { get; }

    /// <summary><c>[T, B]</c>: the tokens of the pass, for a model that reads tokens.</summary>
    public int* Tokens { get; private set; }

    public LayerBuffers this[int layer] => layers[layer];

    /// <summary><c>[T, B, O]</c>, padded rows: what the last layer computed.</summary>
    public float* Output => OutputOf(layers.Length - 1);

    /// <summary>Whether the first layer reads the user's own vectors: they need no padding, and nobody asks for them after the pass.</summary>
    private bool ReadsInPlace => !record && Info.Input == InputKind.Vector && Info.InputSize == Padding.RoundUp(Info.InputSize);

    /// <summary>Takes the workspace's part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        Tokens = Info.Vocabulary > 0 ? layout.Ints((nint)Steps * Batch) : null;
        for (var l = 0; l < layers.Length; l++)
        {
            CarveLayer(ref layout, l);
        }

        layout.SeparateWorkers();
        scratch = layout.Floats((nint)Workers * LayerCall.ScratchFloats);
        hoisted = layout.Floats(Batch == 1 ? checked((nint)LayerCall.HoistSteps * Info.Layers.Max(l => l.HoistFloats)) : 0);
        layout.SeparateWorkers();
        barrier = layout.Take<StepBarrier>(1);
        rounded?.Carve(ref layout);
    }

    /// <summary>After <see cref="Carve"/>: makes the rounded weights, if these were asked for.</summary>
    /// <exception cref="InvalidOperationException">A weight is not a finite number.</exception>
    public void Prepare() => rounded?.Fill(Model.Parameters);

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

    /// <summary>Copies what the user gave for some rows into the first layer's input: vectors as they are, tokens by their rows of
    /// the embedding. A one-hot token is not expanded unless the first layer's cell does more with its input than multiply it.</summary>
    /// <param name="x"><c>[T, B, I]</c> without padding, or null if the input is <see cref="Tokens"/>.</param>
    /// <param name="steps">T.</param>
    /// <param name="rowBegin">The first row.</param>
    /// <param name="rowEnd">One past the last row.</param>
    public void Gather(float* x, int steps, int rowBegin, int rowEnd)
    {
        var size = Info.InputSize;
        var stride = Padding.RoundUp(size);
        if (ReadsInPlace)
        {
            // All workers write the same address.
            layers[0].Input = x;
            return;
        }

        var input = layers[0].Input;
        if (Info.Input == InputKind.Embedding)
        {
            var embedded = new SequenceRows(input, (nint)Batch * stride, stride);
            EmbeddingRows.Gather(Model.ParameterAddress, size, Tokens, steps, Batch, in embedded, rowBegin, rowEnd);
            return;
        }

        for (var t = 0; t < steps && input != null; t++)
        {
            var first = ((nint)t * Batch) + rowBegin;
            if (Info.Input == InputKind.Vector)
            {
                RowCopy.Copy(x + (first * size), size, input + (first * stride), stride, size, rowEnd - rowBegin);
            }
            else
            {
                OneHot(input, first, rowEnd - rowBegin);
            }
        }
    }

    /// <summary>Runs all layers over <paramref name="steps"/> steps of some rows. Rows do not depend on each other, so workers need not wait.</summary>
    /// <param name="worker">Whose scratch is used.</param>
    /// <param name="steps">T.</param>
    /// <param name="rowBegin">The first row.</param>
    /// <param name="rowEnd">One past the last row.</param>
    /// <param name="parts">1, or the number of workers among which the units are split: then all take the same rows, and wait for each other.</param>
    public void Forward(int worker, int steps, int rowBegin, int rowEnd, int parts = 1)
    {
        for (var l = 0; l < layers.Length; l++)
        {
            var call = Call(l, worker, steps, rowBegin, rowEnd);
            call.Weights = rounded is null ? Model.ForwardWeights(l) : rounded.Layer(l);
            call.BFloat16 = rounded is not null && Batch == 1;
            call.Part = parts == 1 ? 0 : worker;
            call.Parts = parts;
            call.Barrier = barrier;
            call.Position = position;
            call.Hoisted = Batch == 1 && rowEnd > rowBegin && steps >= FewestHoisted && hoists[l] ? hoisted : null;
            if (rowEnd - rowBegin == Batch && steps > 1 && !isRecurrent[l] && !call.BFloat16)
            {
                // Nothing is carried from step to step: all steps are rows of one.
                call.Batch = call.RowEnd = steps * Batch;
                call.Steps = 1;
            }

            forward(l, Model.Width, in call);
        }
    }

    /// <summary>Waits for the workers that share the units.</summary>
    public void Meet(int parts) => barrier->Meet(parts);

    /// <summary>The arguments that both directions share.</summary>
    public LayerCall Call(int layer, int worker, int steps, int rowBegin, int rowEnd) => new()
    {
        Steps = steps,
        Batch = Batch,
        RowBegin = rowBegin,
        RowEnd = rowEnd,
        Record = record,
        Input = layers[layer].Input,
        Tokens = Tokens,
        States = layers[layer].States,
        Tape = layers[layer].Tape,
        TapeStep = layers[layer].TapeStep,
        Scratch = Scratch(worker),
    };

    /// <summary>The last state of a pass of <paramref name="steps"/> steps becomes the first of the next one.</summary>
    public void CarryState(int steps)
    {
        for (var l = 0; l < layers.Length; l++)
        {
            for (var s = 0; s < Info.Layers[l].States.Count; s++)
            {
                var state = layers[l].States[s];
                if (state.Step != 0)
                {
                    var floats = Batch * Info.Layers[l].States[s].PaddedSize;
                    new ReadOnlySpan<float>(state.Values + (steps * state.Step), floats).CopyTo(new Span<float>(state.Values, floats));
                }
            }
        }
    }

    /// <summary>Before a pass of <paramref name="steps"/> steps that carries on where the last one stopped: sees to it that so many slots
    /// lie ahead. Without a tape only; the states are copied once in <see cref="Steps"/> steps.</summary>
    public void MakeRoom(int steps)
    {
        if (position + steps > Steps)
        {
            var done = position;
            Move(-done);
            CarryState(done);
        }
    }

    /// <summary>After a pass of <paramref name="steps"/> steps: the next one begins with the slots behind it.</summary>
    public void Move(int steps)
    {
        position += steps;
        for (var l = 0; l < layers.Length; l++)
        {
            var states = layers[l].States;
            for (var s = 0; s < stateCounts[l]; s++)
            {
                states[s].Values += steps * states[s].Step;
            }

            if (l + 1 < layers.Length)
            {
                layers[l + 1].Input = OutputOf(l);
            }
        }
    }

    /// <summary>All states of all rows become zero.</summary>
    public void ResetState()
    {
        for (var l = 0; l < layers.Length; l++)
        {
            for (var s = 0; s < Info.Layers[l].States.Count; s++)
            {
                new Span<float>(layers[l].States[s].Values, Batch * Info.Layers[l].States[s].PaddedSize).Clear();
            }
        }
    }

    /// <summary>Where the states are with which the next pass starts, <c>[B, D]</c>, padded rows.</summary>
    public float* State(int layer, int state) => layers[layer].States[state].Values;

    private void OneHot(float* input, nint first, int rows)
    {
        var stride = Padding.RoundUp(Info.InputSize);
        for (var row = first; row < first + rows; row++)
        {
            var to = new Span<float>(input + (row * stride), Info.InputSize);
            to.Clear();
            to[Tokens[row]] = 1;
        }
    }

    private void CarveLayer(ref ArenaLayout layout, int index)
    {
        var info = Info.Layers[index];
        ref var layer = ref layers[index];
        layer.States = layout.Take<StateBuffer>(info.States.Count);
        for (var s = 0; s < info.States.Count; s++)
        {
            var slot = (nint)Batch * info.States[s].PaddedSize;
            var hasHistory = record || info.States[s].NeedsHistory;
            var values = layout.Floats(checked(slot * (hasHistory ? Steps + 1 : 1)));
            var gradient = record ? layout.Floats(slot) : null;
            if (!layout.IsMeasuring)
            {
                layer.States[s] = new StateBuffer { Values = values, Step = hasHistory ? slot : 0, Gradient = gradient };
            }
        }

        var tapeRow = (nint)Batch * info.TapeStride;
        layer.TapeStep = record ? tapeRow : 0;
        layer.Tape = layout.Floats(checked(tapeRow * (record ? Steps : 1)));
        if (index == 0)
        {
            var size = info.ReadsToken || ReadsInPlace ? 0 : checked((nint)Steps * Batch * Padding.RoundUp(info.InputSize));
            layer.Input = layout.Floats(size);
            layer.Input = info.ReadsToken ? null : layer.Input;
        }
        else if (!layout.IsMeasuring)
        {
            layer.Input = OutputOf(index - 1);
        }
    }
}
