using FastRnn.CompilerServices;
using FastRnn.Memory;
using FastRnn.Parameters;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Kernels;

/// <inheritdoc/>
internal sealed unsafe class KernelRun<TModel> : IKernelRun
    where TModel : class, IModel<TModel>
{
    private const int Seed = 40;

    public ModelInfo Info => TModel.Info;

    private readonly Dictionary<(SimdWidth Width, float Scale), TModel> models = [];

    public KernelResult Run(int layer, KernelShape shape, SimdWidth width, float padding, float scale)
    {
        if (!models.TryGetValue((width, scale), out var model))
            models.Add((width, scale), model = Create(width, scale));

        var (store, info) = (model.Store.Core, TModel.Info.Layers[layer]);
        using var call = new OneCall(info, shape, padding, scale);
        var layout = info.Layout;
        using var forward = Copy(store.ForwardWeights(layer), layout.Forward, store.Lanes);
        using var backward = Copy(store.BackwardWeights(layer), layout.Backward, store.Lanes);
        return call.Run(store.Kernels, layer, width, forward.Address, backward.Address);
    }

    private static TModel Create(SimdWidth width, float scale)
    {
        var model = TestModel<TModel>.Create(width);
        using (var edit = model.Store.Edit())
        {
            var random = new Random(Seed);
            foreach (ref var parameter in edit.Parameters)
                parameter = ((random.NextSingle() * 2) - 1) * scale;
        }

        model.Store.Core.PrepareForward();
        model.Store.Core.PrepareBackward();
        return model;
    }

    private static GuardedFloats Copy(float* panels, IReadOnlyList<PanelInfo> layout, int lanes)
    {
        var copy = new GuardedFloats(layout.Sum(panel => panel.Floats(lanes)));
        new ReadOnlySpan<float>(panels, copy.Count).CopyTo(copy.Values);
        return copy;
    }

    /// <summary>Buffers, each of exactly the size that is promised to kernels.</summary>
    private sealed class OneCall : IDisposable
    {
        private readonly LayerInfo info;
        private readonly KernelShape shape;
        private readonly Dictionary<string, (GuardedFloats Buffer, int Rows, int Stride, bool IsInput)> buffers = [];
        private readonly List<(string Name, float[] Values)> before = [];
        private readonly Random random = new(Seed + 1);
        private readonly float padding;

        public OneCall(LayerInfo info, KernelShape shape, float padding, float scale)
        {
            (this.info, this.shape, this.padding) = (info, shape, padding);
            var (steps, input, output) = (shape.Steps, Padding.RoundUp(info.InputSize), Padding.RoundUp(info.OutputSize));
            Add("input", steps, info.ReadsToken ? 0 : info.InputSize, info.ReadsToken ? 0 : input, steps, 1, isInput: true);
            Add("tape", steps, 0, info.TapeStride, 0, 0);
            Add("dPre", info.DPreOnTape ? 0 : steps, 0, info.DPreStride, 0, 0);
            Add("dOutput", steps, info.OutputSize, output, steps, scale, isInput: true);
            Add("dInput", info.ReadsToken ? 0 : steps, 0, input, 0, 0);
            for (var s = 0; s < info.States.Count; s++)
            {
                var (size, stride) = (info.States[s].Size, info.States[s].PaddedSize);
                var isMask = info.Wiring.Starts.ElementAtOrDefault(s)?.IsMask == true;

                // No state is ever as small as what a scale makes.
                Add($"state {s}", steps + 1, size, stride, isMask ? steps + 1 : 1, isMask || scale == 1 ? 1 : 0);
                Add($"gradient of state {s}", 1, size, stride, 1, scale);
            }
        }

        public KernelResult Run(ModelKernels kernels, int layer, SimdWidth width, float* forward, float* backward)
        {
            var states = stackalloc StateBuffer[info.States.Count];
            for (var s = 0; s < info.States.Count; s++)
            {
                states[s] = new StateBuffer
                {
                    Values = Of($"state {s}"),
                    Step = (nint)shape.Batch * info.States[s].PaddedSize,
                    Gradient = Of($"gradient of state {s}"),
                };
            }

            using var scratch = new GuardedFloats(LayerCall.ScratchFloats);
            using var hoisted = new GuardedFloats(info.HoistFloats * LayerCall.HoistSteps);
            var tokens = stackalloc int[shape.Steps * shape.Batch];
            for (var i = 0; i < shape.Steps * shape.Batch; i++)
                tokens[i] = random.Next(info.InputSize);
            var call = new LayerCall
            {
                Steps = shape.Steps,
                Batch = shape.Batch,
                RowBegin = shape.Begin,
                RowEnd = shape.End,
                Record = true,
                Weights = forward,
                Input = Of("input"),
                InputStride = Padding.RoundUp(info.InputSize),
                Tokens = tokens,
                States = states,
                Tape = Of("tape"),
                TapeStep = (nint)shape.Batch * info.TapeStride,
                Scratch = scratch.Address,
                Hoisted = shape.Batch == 1 && info.HoistFloats > 0 ? hoisted.Address : null,
            };
            kernels.Forward(layer, width, in call);

            call.Weights = backward;
            call.Hoisted = null;
            call.DPre = info.DPreOnTape ? call.Tape : Of("dPre");
            call.DOutput = Of("dOutput");
            call.DInput = info.ReadsToken ? null : Of("dInput");
            kernels.Backward(layer, width, in call);
            return new(States(), Gradients(), DPre(), Trespasses());
        }

        public void Dispose()
        {
            foreach (var (buffer, _, _, _) in buffers.Values)
                buffer.Dispose();
        }

        private void Add(string name, int slots, int size, int stride, int filled, float factor, bool isInput = false)
        {
            var rows = slots * shape.Batch;
            var buffer = new GuardedFloats(rows * stride);
            buffer.Fill(random, 0, filled * shape.Batch, size, stride, padding);
            for (var row = 0; row < filled * shape.Batch; row++)
            {
                for (var i = 0; i < size; i++)
                    buffer.Values[(row * stride) + i] *= factor;
            }

            buffers.Add(name, (buffer, rows, stride, isInput));
            before.Add((name, buffer.Values.ToArray()));
        }

        private float* Of(string name) => buffers[name].Buffer.Address;

        private bool IsOurs(int row) => row % shape.Batch >= shape.Begin && row % shape.Batch < shape.End;

        private float[] States() => [.. Enumerable.Range(0, info.States.Count).SelectMany(s =>
            Rows($"state {s}", info.States[s].Size, firstSlot: 1))];

        private float[] Gradients() =>
        [
            .. Enumerable.Range(0, info.IsRecurrent ? info.States.Count : 0)
                .SelectMany(s => Rows($"gradient of state {s}", info.States[s].Size, firstSlot: 0)),
            .. info.ReadsToken ? [] : Rows("dInput", info.InputSize, firstSlot: 0),
        ];

        private float[] DPre() => [.. info.Products.SelectMany(product => Rows(
            info.DPreOnTape ? "tape" : "dPre", info.Parameters[product.Parameter].Rows, firstSlot: 0, product.DPreOffset))];

        private float[] Rows(string name, int size, int firstSlot, int from = 0)
        {
            var (buffer, rows, stride, _) = buffers[name];
            return [.. Enumerable.Range(0, rows).Where(row => row >= firstSlot * shape.Batch && IsOurs(row))
                .SelectMany(row => buffer.Values.Slice((row * stride) + from, size).ToArray())];
        }

        private List<string> Trespasses()
        {
            var found = new List<string>();
            foreach (var (name, old) in before)
            {
                var (buffer, rows, stride, isInput) = buffers[name];
                for (var row = 0; row < rows; row++)
                {
                    var isLeftAlone = isInput || !IsOurs(row) || (row < shape.Batch && name.StartsWith("state", StringComparison.Ordinal));
                    for (var i = 0; isLeftAlone && i < stride; i++)
                    {
                        var (was, now) = (old[(row * stride) + i], buffer.Values[(row * stride) + i]);
                        if (BitConverter.SingleToInt32Bits(was) != BitConverter.SingleToInt32Bits(now))
                            found.Add($"{name}, slot {row / shape.Batch}, row {row % shape.Batch}, {i}: {was:r} became {now:r}");
                    }
                }
            }

            return found;
        }
    }
}
