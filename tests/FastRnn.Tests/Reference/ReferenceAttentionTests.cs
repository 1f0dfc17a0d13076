using FastRnn.CompilerServices;
using FastRnn.Testing;

using static FastRnn.Tests.Reference.HandMadeGraph;
using static FastRnn.Tests.Reference.HandMadeModel;

namespace FastRnn.Tests.Reference;

public sealed class ReferenceAttentionTests
{
    private static readonly ReferenceSequence Sequence = new()
    {
        Inputs = [[1, -2], [0, 0], [0.5, 0.25], [100, 100]],
        SourceInputs = [[0.3, 1], [-2, 0.5], [4, -1]],
    };

    [Theory]
    [InlineData(LayerOperation.DotAttention)]
    [InlineData(LayerOperation.AdditiveAttention)]
    public void Weights_are_positive_and_sum_to_one(LayerOperation operation)
    {
        var attention = Run(operation, 0.5f).Attention[0];
        Assert.Equal(4, attention.Length);
        Assert.All(attention, alpha => Assert.Equal(3, alpha.Length));
        Assert.All(attention, alpha => Assert.All(alpha, a => Assert.InRange(a, 0, 1)));
        Assert.All(attention, alpha => Assert.Equal(1, alpha.Sum(), 1e-15));
    }

    [Fact]
    public void Equal_scores_give_the_mean_of_the_values()
    {
        double[] mean = [(0.3 - 2 + 4) / 3, 0.5 / 3];
        foreach (var context in Run(LayerOperation.DotAttention, 0).Outputs)
            AssertClose(mean, context);

        // A query of zeros has equal products with all keys.
        AssertClose(mean, Run(LayerOperation.DotAttention, 1).Outputs[1]);
        foreach (var context in Run(LayerOperation.AdditiveAttention, 0, v: [0, 0]).Outputs)
            AssertClose(mean, context);
    }

    [Fact]
    public void A_score_is_the_scaled_product_of_query_and_key()
    {
        double[] scores = [0.5 * (0.3 - 2), 0.5 * (-2 - 1), 0.5 * (4 + 2)];
        AssertClose(Softmax(scores), Run(LayerOperation.DotAttention, 0.5f).Attention[0][0]);
    }

    [Fact]
    public void An_additive_score_is_what_a_vector_sees_in_their_sum()
    {
        double[] scores = [.. Sequence.SourceInputs.Select(k => 0.7 * Math.Tanh(1 + k[0]) - 1.5 * Math.Tanh(-2 + k[1]))];
        var got = Run(LayerOperation.AdditiveAttention, 0, v: [0.7, -1.5]);
        AssertClose(Softmax(scores), got.Attention[0][0]);
        AssertClose([scores.Zip(Softmax(scores), (_, a) => a).Zip(Sequence.SourceInputs, (a, v) => a * v[0]).Sum()], got.Outputs[0][..1]);
    }

    [Fact]
    public void Values_need_not_be_keys()
    {
        double[] twice = [2, 0, 0, -2, 0, 0];
        var got = ReferenceGraphTests.Run(
            [
                Dense(2, 2).Wired(TimeDomain.Source, Source),
                Layer(LayerOperation.DotAttention, 2, TimeDomain.Main, 1, Main, Source, 0),
            ],
            Sequence,
            twice);
        var keys = Run(LayerOperation.DotAttention, 1).Outputs[0];
        AssertClose([2 * keys[0], -2 * keys[1]], got.Outputs[0]);
    }

    private static ReferenceSequenceResult Run(LayerOperation operation, float scale, double[]? v = null) => ReferenceGraphTests.Run(
        [Layer(operation, 2, TimeDomain.Main, scale, operation == LayerOperation.DotAttention ? [] : [Parameter("v", 2, 0)], Main, Source,
            Source)],
        Sequence,
        operation == LayerOperation.DotAttention ? [] : v ?? [1, 2]);

    private static double[] Softmax(double[] scores) => [.. scores.Select(s => Math.Exp(s) / scores.Sum(Math.Exp))];

    private static void AssertClose(double[] expected, double[] got) =>
        Assert.Equal(expected, got, (a, b) => Math.Abs(a - b) < 1e-14);
}
