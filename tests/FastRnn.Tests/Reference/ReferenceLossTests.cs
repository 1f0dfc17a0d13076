using FastRnn.Testing;

using static FastRnn.Tests.Reference.HandMadeModel;

namespace FastRnn.Tests.Reference;

public sealed class ReferenceLossTests
{
    // Two steps, one sequence, two outputs.
    private static readonly double[][][] Outputs = [[[1, -2]], [[0.5, 3]]];

    [Theory]
    [InlineData(Reduction.Sum, 1)]
    [InlineData(Reduction.Mean, 2)]
    public void Cross_entropy_is_minus_the_logarithm_of_the_probability(Reduction reduction, int positions)
    {
        var expected = -Math.Log(Math.Exp(-2) / (Math.Exp(1) + Math.Exp(-2))) - Math.Log(Math.Exp(0.5) / (Math.Exp(0.5) + Math.Exp(3)));
        Assert.Equal(expected / positions, ReferenceLoss.OfTokens(Info(LossKind.SoftmaxCrossEntropy, reduction), Outputs, [1, 0]), 1e-14);
    }

    [Theory]
    [InlineData(Reduction.Sum, 1)]
    [InlineData(Reduction.Mean, 2)]
    public void Binary_cross_entropy_sums_over_the_outputs_of_a_position(Reduction reduction, int positions)
    {
        double[][][] targets = [[[1, 0.25]], [[0, 1]]];
        var expected = 0.0;
        foreach (var (z, y) in Outputs.SelectMany(s => s[0]).Zip(targets.SelectMany(s => s[0])))
        {
            var p = 1 / (1 + Math.Exp(-z));
            expected -= y * Math.Log(p) + (1 - y) * Math.Log(1 - p);
        }

        var loss = ReferenceLoss.OfVectors(Info(LossKind.SigmoidBinaryCrossEntropy, reduction), Outputs, targets);
        Assert.Equal(expected / positions, loss, 1e-14);
    }

    [Theory]
    [InlineData(Reduction.Sum, 1)]
    [InlineData(Reduction.Mean, 2)]
    public void Squared_error_is_averaged_over_the_outputs_of_a_position(Reduction reduction, int positions)
    {
        var loss = ReferenceLoss.OfVectors(Info(LossKind.MeanSquaredError, reduction), Outputs, [[[0, 0]], [[1, 1]]]);
        Assert.Equal((1 + 4 + 0.25 + 4) / 2 / positions, loss, 1e-15);
    }

    [Fact]
    public void Logits_far_from_zero_do_not_overflow()
    {
        double[][][] far = [[[2000, -2000]]];
        Assert.Equal(4000, ReferenceLoss.OfTokens(Info(LossKind.SoftmaxCrossEntropy), far, [1]));
        Assert.Equal(4000, ReferenceLoss.OfVectors(Info(LossKind.SigmoidBinaryCrossEntropy), far, [[[0, 1]]]));
    }

    [Fact]
    public void The_linear_loss_has_the_gradient_it_was_given() =>
        Assert.Equal(1 * 2 - 2 * 3 + 0.5 * 5 + 3 * 7, ReferenceLoss.Linear(Outputs, [[[2, 3]], [[5, 7]]]));

    [Theory]
    [InlineData(Reduction.Sum, 1)]
    [InlineData(Reduction.Mean, 3.5)]
    public void Positions_of_sequences_count_by_their_weights(Reduction reduction, double sum)
    {
        double[][][] outputs = [[[1, -2], [0, 0], [9, 9]], [[0.5, 3]]];
        double[][] weights = [[1, 0.5, 0], [2]];
        var info = Info(LossKind.MeanSquaredError, reduction);
        double[][][] vectors = [[[0, 0], [2, 0], [double.NaN, 0]], [[1, 1]]];
        Assert.Equal((2.5 + 0.5 * 2 + 2 * 2.125) / sum, ReferenceLoss.OfSequences(info, outputs, vectors, weights), 1e-14);

        info = Info(LossKind.SoftmaxCrossEntropy, reduction);
        var (first, last) = (Math.Log(1 + Math.Exp(-3)), Math.Log(1 + Math.Exp(2.5)));
        Assert.Equal(
            (first + 0.5 * Math.Log(2) + 2 * last) / sum, ReferenceLoss.OfSequences(info, outputs, [[0, 1, -1], [0]], weights), 1e-14);
    }

    [Fact]
    public void Without_weights_every_position_counts_once()
    {
        double[][][] targets = [[[1, 0.25], [0.5, 0]], [[0, 1]]];
        double[][][] outputs = [[[1, -2], [3, 0]], [[0.5, 3]]];
        foreach (var loss in (LossKind[])[LossKind.SigmoidBinaryCrossEntropy, LossKind.MeanSquaredError])
        {
            var info = Info(loss, Reduction.Mean);
            double[][][] flat = [[.. outputs.SelectMany(y => y)]], flatTargets = [[.. targets.SelectMany(y => y)]];
            Assert.Equal(ReferenceLoss.OfVectors(info, flat, flatTargets), ReferenceLoss.OfSequences(info, outputs, targets), 1e-14);
        }
    }

    [Fact]
    public void Targets_that_do_not_fit_are_refused()
    {
        var tokens = Info(LossKind.SoftmaxCrossEntropy);
        var vectors = Info(LossKind.MeanSquaredError);
        Expect("Targets: expected one for each of 2 positions, got 1.", () => ReferenceLoss.OfTokens(tokens, Outputs, [1]));
        Expect("Target of position 1: expected 0 to 1, got 2.", () => ReferenceLoss.OfTokens(tokens, Outputs, [1, 2]));
        Expect("Target of position 0: expected 0 to 1, got -1.", () => ReferenceLoss.OfTokens(tokens, Outputs, [-1, 0]));
        Expect("Loss of HandMade: MeanSquaredError has no token targets.", () => ReferenceLoss.OfTokens(vectors, Outputs, [1, 0]));
        Expect("Loss of HandMade: SoftmaxCrossEntropy has no vector targets.", () => ReferenceLoss.OfVectors(tokens, Outputs, Outputs));
        Expect("Targets of sequence 0: expected 1 positions, got 0.", () => ReferenceLoss.OfSequences(tokens, Outputs, [[], [1]]));
        Expect("Weights: expected 2 sequences, got 1.", () => ReferenceLoss.OfSequences(tokens, Outputs, [[0], [1]], [[1]]));
        Expect("Second operand, step 1, sequence 0: expected 2 numbers, got 1.", () =>
            ReferenceLoss.OfVectors(vectors, Outputs, [[[0, 0]], [[1]]]));
    }

    private static ModelInfo Info(LossKind loss, Reduction reduction = Reduction.Sum) =>
        Of(InputKind.Vector, 2, [Dense(2, 2)], loss, reduction);

    private static void Expect(string message, Func<double> action) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => { action(); }).Message, StringComparison.Ordinal);
}
