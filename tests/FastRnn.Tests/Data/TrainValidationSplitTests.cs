using FastRnn.Data;

namespace FastRnn.Tests.Data;

public sealed class TrainValidationSplitTests
{
    [Fact]
    public void The_first_nine_tenths_are_to_learn_from()
    {
        var split = TrainValidationSplit.Of(Enumerable.Range(0, 109).ToArray());
        Assert.Equal(98, split.Training.Length);
        Assert.Equal(11, split.Validation.Length);
        Assert.Equal(98, split.Validation.Span[0]);
    }

    [Fact]
    public void The_shortest_text_for_two_lengths_is_exactly_that()
    {
        foreach (var percent in new[] { 1, 50, 90, 99 })
        {
            foreach (var (training, validation) in new[] { (0L, 0L), (0, 1), (1, 0), (1, 1), (4097, 2), (10, 100), (7, 13) })
            {
                var required = TrainValidationSplit.RequiredTokens(training, validation, percent);
                Assert.True(Fits(required), $"{required} at {percent} %");
                Assert.False(Fits(required - 1), $"{required - 1} at {percent} %");

                bool Fits(long length) =>
                    length >= 0 && length * percent / 100 >= training && length - (length * percent / 100) >= validation;
            }
        }
    }

    [Fact]
    public void Nothing_and_impossible_shares_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TrainValidationSplit.Of(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainValidationSplit.Of(new int[10], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainValidationSplit.Of(new int[10], 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainValidationSplit.RequiredTokens(-1, 0));
    }
}
