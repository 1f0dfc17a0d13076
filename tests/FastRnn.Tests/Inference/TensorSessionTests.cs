using System.Numerics.Tensors;

using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Inference;

/// <summary>The tensor types at the edge of a session.</summary>
public sealed class TensorSessionTests
{
    [Fact]
    public void A_run_over_tensors_gives_the_bits_of_a_run_over_spans()
    {
        var model = new Lstm_I2_H3(1);
        using var spans = model.CreateSession(new() { BatchSize = 2 });
        using var tensors = model.CreateSession(new() { BatchSize = 2 });
        var x = Enumerable.Range(0, 5 * 2 * 2).Select(i => 0.1f * i).ToArray();
        var expected = new float[5 * 2 * 3];
        var got = new float[5 * 2 * 3];

        spans.Run(x, expected);
        tensors.Run(new ReadOnlyTensorSpan<float>(x, [5, 2, 2]), new TensorSpan<float>(got, [5, 2, 3]));

        Assert.Equal(expected, got);
    }

    [Fact]
    public void Another_shape_or_gaps_are_refused_with_both_shapes()
    {
        using var session = new Lstm_I2_H3(1).CreateSession(new() { BatchSize = 2 });
        var x = new float[40];
        var y = new float[30];
        var wrong = Assert.Throws<ArgumentException>(() =>
            session.Run(new ReadOnlyTensorSpan<float>(x, [5, 4, 2]), new TensorSpan<float>(y, [5, 2, 3])));
        Assert.Contains("expected a dense tensor [5, 2, 2], got [5, 4, 2]", wrong.Message, StringComparison.Ordinal);

        var gaps = Assert.Throws<ArgumentException>(() =>
            session.Run(new ReadOnlyTensorSpan<float>(x, [5, 2, 2], [8, 2, 1]), new TensorSpan<float>(y, [5, 2, 3])));
        Assert.Contains("gaps", gaps.Message, StringComparison.Ordinal);
    }
}
