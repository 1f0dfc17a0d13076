using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Recurrence;

/// <summary>Activations, scales, skips and layers that read backward, against what they are said to be equal to.</summary>
public sealed class StepwiseTests
{
    private static readonly int[] Lengths = [4, 1, 6, 2];

    [Fact]
    public void An_activation_is_that_of_a_dense_layer_that_says_the_same()
    {
        var parameters = Experiment.RandomParameters(ActivatedInside.Info, new Random(2));
        var expected = Predict<ActivatedInside>(parameters);
        foreach (var width in TestWidths.All)
            Bits.AssertSame("outputs", expected, Predict<ActivatedBehind>(parameters, width));

        var (inside, behind) = (Gradients<ActivatedInside>(parameters), Gradients<ActivatedBehind>(parameters));
        var scale = inside.Max(Math.Abs);
        Assert.Equal(inside, behind, (a, b) => Math.Abs(a - b) < 1e-5f * scale);
    }

    [Fact]
    public void A_softmax_at_the_end_is_that_of_the_numbers_before_it() => IsNormalised<SkippedProbabilities, SkippedLogits>(Math.Exp);

    [Fact]
    public void A_log_softmax_of_a_state_leaves_the_state_alone() => IsNormalised<StateLogProbabilities, StateLogits>(y => y);

    [Fact]
    public void A_scale_multiplies_and_a_skip_adds_the_first_numbers_of_the_scaled_input()
    {
        float[] parameters = [1, 2, 3, -4, 5, -6];
        using var session = new Session<ByHand>(Create<ByHand>(parameters, SimdWidth.Auto));
        var y = new float[2];
        session.Step([2f, -4f, 6f], y);

        // W (1, -2, 3) + (1, -2), times -3.
        Assert.Equal([-3 * (1 - 4 + 9 + 1), -3 * (-4 - 10 - 18 - 2)], y);
    }

    [Fact]
    public void A_skip_hands_its_gradient_to_the_numbers_that_it_added_and_to_no_others()
    {
        float[] parameters = [1, 2, 3, -4, 5, -6];
        using var bptt = new Bptt<ByHand>(Create<ByHand>(parameters, SimdWidth.Auto), new() { BatchSize = 1, SequenceLength = 1 });
        foreach (var factor in (float[])[1000, 1])
        {
            // W^T (-3, -30) + (-3, -30, 0), times 0.5. What the pass before left behind is nothing of this one's.
            var dX = new float[3];
            bptt.Forward([2f, -4f, 6f], new float[2]);
            bptt.Backward([factor, 10 * factor]);
            bptt.GetInputGradient(dX);
            Assert.Equal([factor * (117 - 3) / 2, factor * (-156 - 30) / 2, factor * 171 / 2], dX);
        }
    }

    [Fact]
    public void A_backward_layer_is_the_backward_half_of_a_bidirectional_one()
    {
        var parameters = Experiment.RandomParameters(BothDirections.Info, new Random(3));
        var half = parameters[(parameters.Length / 2)..];
        var both = Predict<BothDirections>(parameters).Chunk(8).SelectMany(row => row[4..]).ToArray();
        Bits.AssertSame("outputs", both, Predict<BackwardAlone>(half));

        var last = Predict<LastOfBothDirections>(parameters, perStep: false).Chunk(8).SelectMany(row => row[4..]).ToArray();
        Bits.AssertSame("last outputs", last, Predict<LastOfBackwardAlone>(half, perStep: false));
        var first = Lengths.Select((_, b) => Lengths.Take(b).Sum()).SelectMany(at => both.AsSpan(at * 4, 4).ToArray()).ToArray();
        Bits.AssertSame("outputs of step 0", first, last);
        Assert.Equal("weight_ih_l0_reverse", BackwardAlone.Info.Layers[1].Tensors[0].Name);
    }

    [Fact]
    public void A_model_that_reads_backward_has_no_session_and_no_generator()
    {
        Assert.Contains("looks at a sequence as a whole",
            Assert.Throws<InvalidOperationException>(() => new BackwardStack(1).CreateSession()).Message, StringComparison.Ordinal);
        Assert.Contains("looks at a sequence as a whole",
            Assert.Throws<InvalidOperationException>(() => new LastOfBackward(1).CreateSession()).Message, StringComparison.Ordinal);
        Assert.Contains("looks at a sequence as a whole",
            Assert.Throws<InvalidOperationException>(() => new BackwardStack(1).CreateGenerator()).Message, StringComparison.Ordinal);
    }

    /// <summary>By a predictor and by a stream.</summary>
    private static void IsNormalised<TModel, TLogits>(Func<double, double> of)
        where TModel : class, IModel<TModel>
        where TLogits : class, IModel<TLogits>
    {
        var parameters = Experiment.RandomParameters(TLogits.Info, new Random(4));
        var logits = Predict<TLogits>(parameters).Chunk(4).ToArray();
        var got = Predict<TModel>(parameters).Chunk(4).ToArray();
        for (var p = 0; p < logits.Length; p++)
        {
            var log = Math.Log(logits[p].Sum(z => Math.Exp(z)));
            Assert.Equal(logits[p].Select(z => of(z - log)), got[p].Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
        }

        var (x, at) = (Inputs<TModel>(), 0);
        using var session = new Session<TModel>(Create<TModel>(parameters, SimdWidth.Auto));
        foreach (var length in Lengths)
        {
            session.Reset();
            for (var t = 0; t < length; t++, at++)
            {
                var y = new float[4];
                session.Step(x.AsSpan(at * 5, 5), y);
                Assert.Equal(got[at], y);
            }
        }
    }

    private static float[] Predict<TModel>(float[] parameters, SimdWidth width = SimdWidth.Auto, bool perStep = true)
        where TModel : class, IModel<TModel>
    {
        var model = Create<TModel>(parameters, width);
        using var predictor = new Predictor<TModel>(model, new() { BatchSize = Lengths.Length, SequenceLength = Lengths.Max() });
        var y = new float[(perStep ? Lengths.Sum() : Lengths.Length) * TModel.Info.OutputSize];
        predictor.Run(new SequenceBatch { X = Inputs<TModel>(), Lengths = Lengths }, y);
        return y;
    }

    private static float[] Gradients<TModel>(float[] parameters)
        where TModel : class, IModel<TModel>
    {
        using var bptt = new Bptt<TModel>(
            Create<TModel>(parameters, SimdWidth.Auto), new() { BatchSize = Lengths.Length, SequenceLength = Lengths.Max() });
        var y = new float[Lengths.Sum() * TModel.Info.OutputSize];
        bptt.Forward(new SequenceBatch { X = Inputs<TModel>(), Lengths = Lengths }, y);
        bptt.Backward(Experiment.Numbers(new Random(5), y.Length, 1));
        return bptt.Gradients.ToArray();
    }

    private static float[] Inputs<TModel>()
        where TModel : class, IModel<TModel> => Experiment.Numbers(new Random(1), Lengths.Sum() * TModel.Info.InputSize, 1);

    private static TModel Create<TModel>(float[] parameters, SimdWidth width)
        where TModel : class, IModel<TModel>
    {
        var model = TestModel<TModel>.Create(width);
        using (var edit = model.Store.Edit())
            parameters.CopyTo(edit.Parameters);
        return model;
    }
}
