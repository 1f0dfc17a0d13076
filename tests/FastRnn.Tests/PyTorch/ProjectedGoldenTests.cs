using FastRnn.Files;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.PyTorch;

/// <summary><see cref="FastRnn.Cells.ProjectedLstm"/> against <c>torch.nn.LSTM(proj_size=...)</c> in double precision, with PyTorch's names
/// of tensors.</summary>
public sealed class ProjectedGoldenTests
{
    [Fact]
    public void Outputs_states_and_all_gradients_are_PyTorchs()
    {
        Check<ProjectedLstm_I3_H7_P5>("projected_i3_h7_p5_of_1", (seed, width) => new(seed, width));
        Check<ProjectedLstm_L2>("projected_i5_h33_p17_of_2", (seed, width) => new(seed, width));
    }

    private static void Check<TModel>(string name, Func<int, SimdWidth, TModel> create)
        where TModel : class, IModel<TModel>
    {
        var golden = GoldenTensors.Load("PyTorch", name);
        var (steps, batch) = (golden.Number("steps"), golden.Number("batch"));
        var info = TModel.Info;
        var bound = 4 * Math.Ceiling(Math.Log2((golden.Number("input") + golden.Number("hidden")) * steps)) * Math.Pow(2, -23);
        foreach (var width in TestWidths.All)
        {
            var model = create(1, width);
            using (var edit = model.Store.Edit())
            {
                edit.Parameters.Clear();
                foreach (var tensor in ModelTensors.Of(info))
                {
                    // The second biases are added to the first.
                    var values = golden.Single(tensor.Name);
                    foreach (var (part, first) in tensor.Parts.Select((part, i) => (part, tensor.Parts.Take(i).Sum(p => p.Count))))
                    {
                        for (var i = 0; i < part.Count; i++)
                            edit.Parameters[part.Offset + i] += values[first + i];
                    }
                }
            }

            using var bptt = new Bptt<TModel>(model, new() { BatchSize = batch, SequenceLength = steps, Threads = 1 });
            EachState((layer, state, key) => bptt.SetState(layer, state, Of(golden.Single(key + "0"), layer)));
            var y = new float[steps * batch * info.OutputSize];
            bptt.Forward(golden.Single("x"), y);
            Closeness.AssertClose("y", golden.Exact("y"), y, bound);
            EachState((layer, state, key) => Close(key + "n", layer, state, bptt.GetState, bound));

            EachState((layer, state, key) => bptt.SetStateGradient(layer, state, Of(golden.Single($"d{key}n"), layer)));
            bptt.Backward(golden.Single("dy"));
            foreach (var tensor in ModelTensors.Of(info))
            {
                float[] got = [.. tensor.Parts.SelectMany(part => bptt.Gradients.Slice(part.Offset, part.Count).ToArray())];
                Closeness.AssertClose("gradient of " + tensor.Name, golden.Exact("grad." + tensor.Name), got, 2 * bound);
            }

            var dX = new float[steps * batch * info.InputSize];
            bptt.GetInputGradient(dX);
            Closeness.AssertClose("gradient of x", golden.Exact("grad.x"), dX, 2 * bound);
            EachState((layer, state, key) => Close($"grad.{key}0", layer, state, bptt.GetStateGradient, 2 * bound));
        }

        void Close(string key, int layer, int state, StateReader read, double bound)
        {
            var got = new float[batch * info.Layers[layer].States[state].Size];
            read(layer, state, got);
            Closeness.AssertClose($"{key} of layer {layer}", Of(golden.Exact(key), layer), got, bound);
        }

        T[] Of<T>(T[] stack, int layer)
        {
            var size = stack.Length / info.Layers.Count;
            return stack[(layer * size)..((layer + 1) * size)];
        }

        void EachState(Action<int, int, string> action)
        {
            for (var layer = 0; layer < info.Layers.Count; layer++)
            {
                for (var state = 0; state < 2; state++)
                    action(layer, state, info.Layers[layer].States[state].Name);
            }
        }
    }

    private delegate void StateReader(int layer, int state, Span<float> values);
}
