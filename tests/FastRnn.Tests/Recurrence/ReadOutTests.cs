using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Recurrence;

/// <summary>y = V h + c, linear, sigmoid or softmax, at each step or at the last.</summary>
public sealed class ReadOutTests
{
    private static readonly int[] Lengths = [4, 1, 6, 2];

    [Fact]
    public void A_linear_read_out_of_the_last_step_is_that_of_each_step_there() => LastIsLastOfEach<LinearOfLast, LinearOfEach>(y => y);

    [Fact]
    public void A_sigmoid_read_out_of_the_last_step_is_that_of_each_step_there() =>
        LastIsLastOfEach<SigmoidOfLast, SigmoidOfEach>(y => [.. y.Select(v => 1 / (1 + Math.Exp(-v)))]);

    [Fact]
    public void A_softmax_read_out_of_the_last_step_is_that_of_each_step_there() => LastIsLastOfEach<SoftmaxOfLast, SoftmaxOfEach>(y =>
    {
        var powers = y.Select(Math.Exp).ToArray();
        return [.. powers.Select(p => p / powers.Sum())];
    });

    [Fact]
    public void The_gradient_of_one_output_enters_at_the_last_valid_step_only()
    {
        var (x, parameters) = Numbers();
        var last = Create<LinearOfLast>(parameters);
        var each = Create<LinearOfEach>(parameters);
        var options = new TrainerOptions { BatchSize = Lengths.Length, SequenceLength = Lengths.Max(), Threads = 2 };
        using var one = last.CreateTrainer(options);
        using var all = each.CreateTrainer(options);
        var targets = Experiment.Numbers(new Random(3), Lengths.Length * 2, 1);
        var ofOne = one.Accumulate(new SequenceBatch { X = x, Lengths = Lengths, Targets = targets });

        // The same, said with a mask: whatever stands elsewhere does not count.
        var (everywhere, mask) = (new float[Lengths.Sum() * 2], new float[Lengths.Sum()]);
        Array.Fill(everywhere, float.NaN);
        for (var (b, at) = (0, 0); b < Lengths.Length; b++)
        {
            at += Lengths[b];
            mask[at - 1] = 1;
            targets.AsSpan(b * 2, 2).CopyTo(everywhere.AsSpan((at - 1) * 2));
        }

        var ofAll = all.Accumulate(new SequenceBatch { X = x, Lengths = Lengths, Targets = everywhere, Weights = mask });
        Assert.Equal(ofAll, ofOne);
        Bits.AssertSame("gradients", all.Gradients.ToArray(), one.Gradients.ToArray());
    }

    /// <summary>Both models by a predictor; and what the read-out does to the hidden state, by hand.</summary>
    private static void LastIsLastOfEach<TLast, TEach>(Func<double[], double[]> activation)
        where TLast : class, IModel<TLast>
        where TEach : class, IModel<TEach>
    {
        var (x, parameters) = Numbers();
        var batch = new SequenceBatch { X = x, Lengths = Lengths };
        var (last, each) = (Create<TLast>(parameters), Create<TEach>(parameters));
        using var one = new Predictor<TLast>(last, new() { BatchSize = Lengths.Length, SequenceLength = Lengths.Max() });
        using var all = new Predictor<TEach>(each, new() { BatchSize = Lengths.Length, SequenceLength = Lengths.Max() });
        var (ofLast, ofEach) = (new float[Lengths.Length * 2], new float[Lengths.Sum() * 2]);
        one.Run(batch, ofLast);
        all.Run(batch, ofEach);
        for (var (b, at) = (0, 0); b < Lengths.Length; b++)
        {
            at += Lengths[b];
            Assert.Equal(ofEach.AsSpan((at - 1) * 2, 2), ofLast.AsSpan(b * 2, 2));
            using var session = new Session<TEach>(each);
            var (y, h) = (new float[2], new float[5]);
            for (var t = at - Lengths[b]; t < at; t++)
            {
                session.Step(x.AsSpan(t * 3, 3), y);
                session.GetState(0, 0, h);
                var expected = activation(ByHand(each, h));
                Assert.Equal(expected, y.Select(v => (double)v), (a, c) => Math.Abs(a - c) < 1e-6);
                Assert.Equal(y, ofEach.AsSpan(t * 2, 2));
            }
        }
    }

    private static double[] ByHand<TModel>(TModel model, float[] h)
        where TModel : class, IModel<TModel>
    {
        var (w, b) = (model.Store.Parameter(TModel.Info.Layers.Count - 1, "W").ToArray(),
            model.Store.Parameter(TModel.Info.Layers.Count - 1, "b").ToArray());
        return [.. Enumerable.Range(0, 2).Select(o => b[o] + h.Select((value, i) => (double)value * w[(o * 5) + i]).Sum())];
    }

    private static (float[] X, float[] Parameters) Numbers() =>
        (Experiment.Numbers(new Random(1), Lengths.Sum() * 3, 1), Experiment.RandomParameters(LinearOfEach.Info, new Random(2)));

    private static TModel Create<TModel>(float[] parameters)
        where TModel : class, IModel<TModel>
    {
        var model = TestModel<TModel>.Create(SimdWidth.Auto);
        using (var edit = model.Store.Edit())
            parameters.CopyTo(edit.Parameters);
        return model;
    }
}
