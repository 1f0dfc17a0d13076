using FastRnn.Parameters;
using FastRnn.Samples.Memory;

namespace FastRnn.Samples.Tests.Memory;

public class MemoryTaskTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    public void Copy_wants_the_message_after_the_sign(int lag, int batch)
    {
        const int L = CopyTask.Length;
        var steps = CopyTask.Steps(lag);
        var (tokens, targets) = (new int[steps * batch], new int[steps * batch]);
        CopyTask.Fill(new RandomSource(1), lag, batch, tokens, targets);
        for (var row = 0; row < batch; row++)
        {
            var (said, wanted) = (Row(tokens, row, batch), Row(targets, row, batch));
            Assert.All(said[..L], token => Assert.InRange(token, 0, 7));
            Assert.Equal(said[..L], wanted[^L..]);
            Assert.All(wanted[..^L], token => Assert.Equal(CopyTask.Blank, token));
            Assert.Equal([L + lag - 1], said.Index().Where(pair => pair.Item == CopyTask.Go).Select(pair => pair.Index));
            Assert.Equal(steps - L - 1, said.Count(token => token == CopyTask.Blank));
        }
    }

    [Fact]
    public void Adding_wants_the_sum_of_the_marked_numbers()
    {
        const int Steps = 9, Batch = 500;
        var (x, sums) = (new float[Steps * Batch * 2], new float[Batch]);
        x.AsSpan().Fill(float.NaN);
        AddingTask.Fill(new RandomSource(2), Steps, Batch, x, sums);
        for (var row = 0; row < Batch; row++)
        {
            var steps =
                Enumerable.Range(0, Steps).Select(t => (Number: x[(t * Batch + row) * 2], Mark: x[(t * Batch + row) * 2 + 1])).ToList();
            Assert.Equal(1, steps[..4].Sum(step => step.Mark));
            Assert.Equal(1, steps[4..].Sum(step => step.Mark));
            Assert.Equal(steps.Sum(step => step.Number * step.Mark), sums[row]);
        }

        // The places differ, every one occurs, and the error of a constant answer is what is said.
        Assert.All(Enumerable.Range(0, Steps), t => Assert.Contains(Enumerable.Range(0, Batch), row => x[(t * Batch + row) * 2 + 1] == 1));
        Assert.Equal(AddingTask.ErrorWithoutMemory, sums.Average(sum => (sum - 1.0) * (sum - 1)), 0.02);
    }

    [Fact]
    public void The_same_seed_gives_the_same_task()
    {
        var size = CopyTask.Steps(2) * 3;
        var (one, two, other, rest) = (new int[size], new int[size], new int[size], new int[size]);
        CopyTask.Fill(new RandomSource(4), 2, 3, one, rest);
        CopyTask.Fill(new RandomSource(4), 2, 3, two, rest);
        CopyTask.Fill(new RandomSource(5), 2, 3, other, rest);
        Assert.Equal(one, two);
        Assert.NotEqual(one, other);
    }

    private static int[] Row(int[] all, int row, int batch) => [.. all.Where((_, i) => i % batch == row)];
}
