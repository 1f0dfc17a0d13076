using FastRnn.Kernels;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

public sealed unsafe class LossFunctionTests
{
    [Theory]
    [InlineData(LossKind.SoftmaxCrossEntropy, 0.3132617)]
    [InlineData(LossKind.SigmoidBinaryCrossEntropy, 0.3132617 + 0.6931472)]
    [InlineData(LossKind.MeanSquaredError, 0.5)]
    [InlineData(LossKind.MeanAbsoluteError, 0.5)]
    [InlineData(LossKind.Huber, 0.1875)]
    [InlineData(LossKind.Quantile, 0.125)]
    public void Each_declared_loss_reaches_its_formula(LossKind kind, double expected)
    {
        float* z = stackalloc float[16], d = stackalloc float[16], y = stackalloc float[2], numbers = stackalloc float[16];
        z[0] = 1;
        z[1] = 0;
        y[0] = kind is LossKind.SoftmaxCrossEntropy or LossKind.SigmoidBinaryCrossEntropy ? 1 : 2;
        y[1] = 0;
        numbers[0] = numbers[1] = kind == LossKind.Huber ? 0.5f : 0.25f;
        var token = 0;
        double loss;
        var call = new LossCall
        {
            Logits = new(z, 0, 0),
            Gradient = new(d, 0, 0),
            Losses = &loss,
            Steps = 1,
            Batch = 1,
            RowEnd = 1,
            Outputs = 2,
            OutputNumbers = kind is LossKind.Huber or LossKind.Quantile ? numbers : null,
            Scale = 1
        };
        LossFunction.Run(kind, SimdWidth.Bits128, call, &token, new SequenceRows(y, 0, 0));
        Assert.Equal(expected, loss, 1e-6);
    }

    [Fact]
    public void A_model_without_a_loss_is_refused()
    {
        var call = default(LossCall);
        Assert.Throws<ArgumentOutOfRangeException>(() => LossFunction.Run(LossKind.None, SimdWidth.Bits128, call, null, default));
    }

    [Fact]
    public void The_sum_over_the_steps_is_the_default_and_the_mean_an_option()
    {
        Assert.Equal(Reduction.Sum, EmbeddedText.Info.Reduction);
        Assert.Equal(Reduction.Mean, EmbeddedTextMean.Info.Reduction);
        var model = new EmbeddedText(seed: 1);
        int[] tokens = [1, 2, 3, 4], targets = [2, 3, 4, 5];
        using var whole = new Evaluator<EmbeddedText>(model, new() { BatchSize = 1, SequenceLength = 4 });
        using var stepwise = new Evaluator<EmbeddedText>(model, new() { BatchSize = 1, SequenceLength = 1 });
        var sum = Enumerable.Range(0, 4).Sum(t => stepwise.LossSum(tokens.AsSpan(t, 1), targets.AsSpan(t, 1)));
        Assert.Equal(sum, whole.LossSum(tokens, targets), 1e-12);
    }

    [Fact]
    public void The_mean_is_over_positions()
    {
        Assert.Equal(1f / 64, LossFunction.Scale(Reduction.Mean, 16, 4));
        Assert.Equal(1f, LossFunction.Scale(Reduction.Sum, 16, 4));
    }
}
