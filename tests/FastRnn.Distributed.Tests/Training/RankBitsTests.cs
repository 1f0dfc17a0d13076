using FastRnn.Distributed.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Distributed.Tests.Training;

/// <summary>Ranks that are threads, against one process: every number is the same to the last bit.</summary>
public class RankBitsTests
{
    private const int Steps = 12;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(8, 1)]
    [InlineData(10, 1)]
    public void Windows_of_streams_have_the_bits_of_one_process(int ranks, int threads)
    {
        var expected = Stream(null, threads: 2);
        LocalRanks.Run(ranks, group => Same.Bits($"rank {group.Rank} of {ranks}", expected, Stream(group, threads)));
    }

    /// <summary>How the gradients are cut into slices depends on the width.</summary>
    [Fact]
    public void Any_vector_width_has_the_bits_of_one_process()
    {
        var expected = Stream(null, threads: 1);
        foreach (var width in StreamText.Info.Widths.Where(SimdWidths.Available.Contains))
        {
            LocalRanks.Run(2, group => Same.Bits($"{width}, rank {group.Rank}", expected, Stream(group, threads: 2, width: width)));
        }
    }

    /// <summary>Segments of time are added one after the other, each over all ranks.</summary>
    [Fact]
    public void Windows_that_are_cut_in_time_have_the_bits_of_one_process()
    {
        var expected = Stream(null, threads: 1, positions: 3 * RankedRun.Streams);
        Assert.NotEqual(Stream(null, threads: 1), expected);
        LocalRanks.Run(3, group =>
            Same.Bits($"rank {group.Rank}", expected, Stream(group, threads: 2, positions: 3 * RankedRun.Streams)));
        LocalRanks.Run(8, group => Same.Bits($"rank {group.Rank}", expected, Stream(group, threads: 1, positions: 3 * RankedRun.Streams)));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 11)]
    public void Sequences_of_any_lengths_in_steps_of_two_batches_have_the_bits_of_one_process(int ranks, int positions)
    {
        using var alone = new PairTranslator(seed: 2);
        var expected = RankedRun.Translate(alone, null, threads: 2, Steps);
        LocalRanks.Run(ranks, group =>
        {
            using var model = new PairTranslator(seed: 2);
            Assert.Equal(expected.Steps, RankedRun.Translate(model, group, threads: 1, Steps, positions).Steps);
            Same.Bits($"rank {group.Rank} of {ranks}", alone.Parameters, model.Parameters);
        });
    }

    /// <summary>Slices that arrive one by one, in the middle of a backward pass or at its end, are added at other moments and in the same
    /// order.</summary>
    [Theory]
    [InlineData(2, 0.0)]
    [InlineData(3, 0.5)]
    [InlineData(4, 0.9)]
    [InlineData(3, 1.0)]
    public void Bits_do_not_depend_on_when_sums_arrive(int ranks, double late)
    {
        var stream = Stream(null, threads: 1);
        using var alone = new PairTranslator(seed: 2);
        RankedRun.Translate(alone, null, threads: 1, Steps);
        LocalRanks.Run(ranks, group =>
        {
            for (var seed = 1; seed <= 3; seed++)
            {
                var watched = new WatchedRank(group, seed * (group.Rank + 1), late);
                Same.Bits($"rank {group.Rank} of {ranks}, seed {seed}", stream, Stream(watched, threads: 1));
                using var model = new PairTranslator(seed: 2);
                RankedRun.Translate(model, watched, threads: 1, Steps);
                Same.Bits($"rank {group.Rank} of {ranks}, seed {seed}", alone.Parameters, model.Parameters);
                if (!group.IsFirst)
                {
                    Assert.True(watched.Answers.Yes > 0 == late < 1 && watched.Answers.No > 0 == late > 0, $"{watched.Answers}");
                }
            }
        });
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_steps()
    {
        // What threads send each other is copied, so one rank is asked: the passes and slices are the same.
        LocalRanks.Run(1, group =>
        {
            using var model = new StreamText(seed: 1);
            using var trainer = RankedRun.Stream(model, group);
            var (inputs, targets) = (new int[RankedRun.Streams * 4], new int[RankedRun.Streams * 4]);
            Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Allocated(trainer, inputs, targets)));
        });
    }

    /// <summary>What the runtime does once for itself in the first calls is none of a step's.</summary>
    private static long Allocated(Trainer<StreamText> trainer, int[] inputs, int[] targets)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            trainer.Step(inputs, targets);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static List<double> Stream(RankGroup? group, int threads, int positions = 0, SimdWidth width = SimdWidth.Auto)
    {
        using var model = new StreamText(seed: 1, width: width);
        using var trainer = RankedRun.Stream(model, group, threads, positions: positions);
        return RankedRun.Train(trainer, RankedRun.Text(), Steps);
    }
}
