using FastRnn.Data;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Sessions;

/// <summary>A model that was made for one output a sequence, stepped through: each output is that of the sequence that ends
/// there.</summary>
public sealed class StreamingClassifierTests
{
    private const int Steps = 40;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    public void Each_output_is_that_of_the_sequence_so_far(int batch, int threads)
    {
        var random = new Random(3);
        var tokens = Enumerable.Range(0, Steps * batch).Select(_ => random.Next(7)).ToArray();
        foreach (var width in TestWidths.All)
        {
            var model = StreamInput<Opinion>.Model(width);
            using var predictor = model.CreatePredictor(new() { BatchSize = batch, SequenceLength = Steps });
            using var session = model.CreateSession(new() { BatchSize = batch, Threads = threads });
            var (expected, got) = (new float[batch * 3], new float[Steps * batch * 3]);
            session.Run(tokens.AsSpan(0, 33 * batch), got.AsSpan(0, 33 * batch * 3));
            for (var t = 33; t < Steps; t++)
                session.Step(tokens.AsSpan(t * batch, batch), got.AsSpan(t * batch * 3, batch * 3));
            for (var t = 0; t < Steps; t++)
            {
                predictor.Run(new SequenceBatch { Tokens = tokens.AsSpan(0, (t + 1) * batch) }, expected);
                Bits.AssertSame($"{width}, step {t}", expected, got.AsSpan(t * batch * 3, batch * 3));
            }
        }
    }

    [Fact]
    public void What_needs_the_whole_sequence_is_still_refused()
    {
        Assert.Contains("looks at a sequence as a whole",
            Assert.Throws<InvalidOperationException>(() => new MeanOfAll(1).CreateSession()).Message, StringComparison.Ordinal);
        Assert.Contains("looks at a sequence as a whole",
            Assert.Throws<InvalidOperationException>(() => new LastOfBoth(1).CreateSession()).Message, StringComparison.Ordinal);
    }
}
