using FastRnn.Files;
using FastRnn.Training;

namespace FastRnn.Tests.PyTorch;

/// <summary>The comparison, written once for all models.</summary>
internal sealed class GoldenRunner<TModel>(Func<SimdWidth, TModel> create) : IGoldenRunner
    where TModel : class, IModel<TModel>
{
    public void Run(GoldenCase golden, SimdWidth width)
    {
        var model = create(width);
        using (var edit = model.Store.Edit())
            golden.Parameters(TModel.Info).CopyTo(edit.Parameters);
        using var bptt = new Bptt<TModel>(model, new() { BatchSize = golden.Batch, SequenceLength = golden.Steps, Threads = 1 });
        Forward(bptt, golden);
        Backward(bptt, golden);
    }

    private static void Forward(Bptt<TModel> bptt, GoldenCase golden)
    {
        EachState(golden, (layer, state, name) => bptt.SetState(layer, state, golden.Given(name + "0")[golden.Layer(layer)]));
        var y = new float[golden.Steps * golden.Batch * golden.Hidden];

        bptt.Forward(golden.Given("x"), y);

        Closeness.AssertClose("y", golden.Solved("y"), y, golden.ForwardBound);
        var last = new float[golden.Batch * golden.Hidden];
        EachState(golden, (layer, state, name) =>
        {
            bptt.GetState(layer, state, last);
            Closeness.AssertClose($"{name}n of layer {layer}", golden.Solved(name + "n")[golden.Layer(layer)], last, golden.ForwardBound);
        });
    }

    private static void Backward(Bptt<TModel> bptt, GoldenCase golden)
    {
        EachState(golden, (layer, state, name) => bptt.SetStateGradient(layer, state, golden.Given($"d{name}n")[golden.Layer(layer)]));

        bptt.Backward(golden.Given("dy"));

        foreach (var tensor in ModelTensors.Of(TModel.Info))
        {
            // A part that is folded into a bias has that bias's gradient.
            var got = new List<float>();
            foreach (var part in tensor.Parts)
                got.AddRange(bptt.Gradients.Slice(part.Offset, part.Count));
            Closeness.AssertClose("gradient of " + tensor.Name, golden.Solved("grad." + tensor.Name), got.ToArray(), golden.BackwardBound);
        }

        var dX = new float[golden.Steps * golden.Batch * golden.Input];
        bptt.GetInputGradient(dX);
        Closeness.AssertClose("gradient of x", golden.Solved("grad.x"), dX, golden.BackwardBound);
        var first = new float[golden.Batch * golden.Hidden];
        EachState(golden, (layer, state, name) =>
        {
            bptt.GetStateGradient(layer, state, first);
            Closeness.AssertClose(
                $"gradient of {name}0 of layer {layer}", golden.Solved($"grad.{name}0")[golden.Layer(layer)], first, golden.BackwardBound);
        });
    }

    private static void EachState(GoldenCase golden, Action<int, int, string> action)
    {
        for (var layer = 0; layer < golden.Layers; layer++)
        {
            for (var state = 0; state < golden.States.Count; state++)
                action(layer, state, golden.States[state]);
        }
    }
}
