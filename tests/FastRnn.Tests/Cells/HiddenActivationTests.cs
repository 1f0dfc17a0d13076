using FastRnn.Files;
using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Cells;

/// <summary>The hyperbolic tangent, the logistic function or a rectifier over the same sum: what each does to a state and to its
/// gradient.</summary>
public sealed class HiddenActivationTests
{
    private const int Hidden = 7;

    [Fact]
    public void A_state_keeps_its_value_with_tanh_and_ReLU_and_not_with_sigmoid()
    {
        // The recurrence alone: h = f(h), fifty times. A sigmoid brings every state to its fixed point, where nobody can tell what it was.
        float[] small = [.. Enumerable.Repeat(0.05f, Hidden)], large = [.. Enumerable.Repeat(0.9f, Hidden)];
        Assert.All(Repeat<Elman_I5_H7>(new(1), small), h => Assert.InRange(h, 0.95f * 0.05f, 0.05f));
        Assert.Equal(small, Repeat<ElmanRelu_I5_H7>(new(1), small));
        Assert.Equal(large, Repeat<ElmanRelu_I5_H7>(new(1), large));
        Assert.All(Repeat<ElmanSigmoid_I5_H7>(new(1), small), h => Assert.Equal(0.659f, h, 0.001f));
        Assert.All(Repeat<ElmanSigmoid_I5_H7>(new(1), large), h => Assert.Equal(0.659f, h, 0.001f));
    }

    [Fact]
    public void Tanh_learns_where_the_state_is_0_and_sigmoid_does_not()
    {
        // Units at 0 that should be at 0.5: a tanh is steepest there, a sigmoid is saturated.
        var tanh = new Elman_I5_H7(1);
        Assert.Equal(0.25f * Hidden, Descend(tanh, bias: 0, steps: 0));
        Assert.InRange(Descend(tanh, bias: 0, steps: 50), 0, 1e-3f);

        var sigmoid = new ElmanSigmoid_I5_H7(1);
        Assert.Equal(0.25f * Hidden, Descend(sigmoid, bias: -100, steps: 0));
        Assert.Equal(0.25f * Hidden, Descend(sigmoid, bias: -100, steps: 50));
    }

    [Fact]
    public void The_hyperbolic_tangent_bounds_the_state()
    {
        Bounded<Elman_I5_H7>((seed, width) => new(seed, width));
        Bounded<ElmanBiasFree_L2>((seed, width) => new(seed, width));
        Bounded<Gru_I5_H7>((seed, width) => new(seed, width));
        Bounded<Lstm_I5_H7>((seed, width) => new(seed, width));
    }

    [Fact]
    public void A_bias_free_cell_stores_no_bias()
    {
        var info = ElmanBiasFree_L2.Info;
        Assert.All(info.Layers.SelectMany(layer => layer.Parameters), parameter => Assert.False(parameter.IsVector));
        Assert.All(info.Layers, layer => Assert.Empty(layer.Sums));
        Assert.Equal((3 + 5) * 5 + (5 + 17) * 17, info.ParameterCount);
        Assert.Equal(["weight_ih_l0", "weight_hh_l0", "weight_ih_l1", "weight_hh_l1"], ModelTensors.Of(info).Select(tensor => tensor.Name));
    }

    [Fact]
    public void An_IRNN_begins_as_an_identity_without_bias()
    {
        var model = new Irnn_I3_H5(seed: 3);
        for (var i = 0; i < 25; i++)
            Assert.Equal(i % 6 == 0 ? 1 : 0, model.Of("U")[i]);
        foreach (var bias in model.Of("b"))
            Assert.Equal(0, bias);
        foreach (var weight in model.Of("W"))
            Assert.InRange(Math.Abs(weight), 1e-6f, 0.01f);
    }

    private static float[] Repeat<TModel>(TModel model, float[] state)
        where TModel : class, IModel<TModel>
    {
        using (var edit = model.Store.Edit())
        {
            edit.Parameters.Clear();
            for (var i = 0; i < Hidden; i++)
                edit.Parameter(0, "U")[i * (Hidden + 1)] = 1;
        }

        using var session = new Session<TModel>(model);
        session.SetState(0, 0, state);
        session.Run(new float[50 * 5], new float[50 * Hidden]);
        var last = new float[Hidden];
        session.GetState(0, 0, last);
        return last;
    }

    /// <summary>The squared error of one step after some descents from a given bias.</summary>
    private static float Descend<TModel>(TModel model, float bias, int steps)
        where TModel : class, IModel<TModel>
    {
        using (var edit = model.Store.Edit())
        {
            edit.Parameters.Clear();
            edit.Parameter(0, "b").Fill(bias);
        }

        using var bptt = new Bptt<TModel>(model, new() { BatchSize = 1, SequenceLength = 1 });
        var y = new float[Hidden];
        for (var step = 0; ; step++)
        {
            bptt.Forward(new float[5], y);
            float[] error = [.. y.Select(value => value - 0.5f)];
            if (step == steps)
                return error.Sum(e => e * e);

            bptt.ClearGradients();
            bptt.Backward(error);
            using (var edit = model.Store.Edit())
            {
                for (var i = 0; i < edit.Parameters.Length; i++)
                    edit.Parameters[i] -= 0.3f * bptt.Gradients[i];
            }
        }
    }

    private static void Bounded<TModel>(Func<int, SimdWidth, TModel> create)
        where TModel : class, IModel<TModel>
    {
        const int Steps = 200;
        foreach (var width in TestWidths.All)
        {
            var model = create(1, width);
            model.Randomize(seed: 6, 50);
            using var session = new Session<TModel>(model);
            var y = new float[Steps * TModel.Info.OutputSize];
            session.Run(Experiment.Numbers(new Random(7), Steps * TModel.Info.InputSize, 100), y);
            Assert.All(y, h => Assert.InRange(h, -1, 1));
            Assert.Contains(y, h => Math.Abs(h) > 0.999f);
        }
    }
}
