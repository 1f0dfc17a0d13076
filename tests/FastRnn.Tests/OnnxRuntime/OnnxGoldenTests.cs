using FastRnn.Inference;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Tests.PyTorch;

namespace FastRnn.Tests.OnnxRuntime;

/// <summary>The cells that ONNX has and PyTorch has not, against outputs of ONNX Runtime: see <c>make_golden.js</c>. Of a stack the first
/// layer is compared, which knows nothing of the second.</summary>
public sealed class OnnxGoldenTests
{
    [Fact]
    public void Gru_that_resets_before_is_that_of_linear_before_reset_0()
    {
        Check<GruResetBefore_I3_H5>("gruresetbefore_i3_h5", (seed, width) => new(seed, width));
        Check<GruResetBefore_L2>("gruresetbefore_i17_h33", (seed, width) => new(seed, width));
    }

    [Fact]
    public void Lstm_with_peepholes_is_that_of_the_input_P()
    {
        Check<PeepholeLstm_I3_H5>("peepholelstm_i3_h5", (seed, width) => new(seed, width));
        Check<PeepholeLstm_L2>("peepholelstm_i17_h33", (seed, width) => new(seed, width));
    }

    [Fact]
    public void Lstm_with_coupled_gates_is_that_of_input_forget_1()
    {
        Check<CoupledLstm_I3_H5>("coupledlstm_i3_h5", (seed, width) => new(seed, width));
        Check<CoupledLstm_L2>("coupledlstm_i17_h33", (seed, width) => new(seed, width));
    }

    private static void Check<TModel>(string name, Func<int, SimdWidth, TModel> create)
        where TModel : class, IModel<TModel>
    {
        var golden = GoldenTensors.Load("OnnxRuntime", name);
        var (steps, batch, input, hidden) =
            (golden.Number("steps"), golden.Number("batch"), golden.Number("input"), golden.Number("hidden"));
        var layer = TModel.Info.Layers[0];
        Assert.Equal((input, hidden), (layer.InputSize, layer.HiddenSize));

        // Both sides are in single precision, so each may be off by the bound.
        var bound = 2 * 4 * Math.Ceiling(Math.Log2((input + hidden) * steps)) * Math.Pow(2, -23);
        foreach (var width in TestWidths.All)
        {
            var model = create(1, width);
            using (var edit = model.Store.Edit())
            {
                foreach (var parameter in layer.Parameters)
                    golden.Single(parameter.Name).CopyTo(edit.Parameters[(layer.ParameterOffset + parameter.Offset)..]);
            }

            using var session = new Session<TModel>(model, new() { BatchSize = batch });
            for (var s = 0; s < layer.States.Count; s++)
                session.SetState(0, s, golden.Single(layer.States[s].Name + "0"));

            var x = golden.Single("x");
            var state = new float[batch * hidden];
            var unused = new float[batch * TModel.Info.OutputSize];
            for (var t = 0; t < steps; t++)
            {
                session.Step(x.AsSpan(t * batch * input, batch * input), unused);
                session.GetState(0, 0, state);
                Closeness.AssertClose($"{name}, {width}, step {t}", golden.Exact("y").AsSpan(t * state.Length, state.Length), state, bound);
            }

            for (var s = 0; s < layer.States.Count; s++)
            {
                session.GetState(0, s, state);
                Closeness.AssertClose(
                    $"{name}, {width}, last {layer.States[s].Name}", golden.Exact(layer.States[s].Name + "n"), state, bound);
            }
        }
    }
}
