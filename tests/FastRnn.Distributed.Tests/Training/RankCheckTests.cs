using FastRnn.Distributed.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Distributed.Tests.Training;

/// <summary>Ranks that do not belong together are refused before anything is trained, and what goes wrong is known to all.</summary>
public class RankCheckTests
{
    [Fact]
    public void Other_weights_are_refused_on_every_rank_by_name()
    {
        var refused = 0;
        LocalRanks.Run(3, group =>
        {
            using var model = new StreamText(seed: group.Rank == 2 ? 2 : 1);
            var exception = Assert.Throws<InvalidOperationException>(() => RankedRun.Stream(model, group));
            Assert.StartsWith(
                "Rank 2 of 3 has another set of weights than rank 0: expected '", exception.Message, StringComparison.Ordinal);
            Interlocked.Increment(ref refused);
        });
        Assert.Equal(3, refused);
    }

    [Fact]
    public void Other_options_are_refused() => LocalRanks.Run(2, group =>
    {
        using var model = new StreamText(seed: 1);
        var exception = Assert.Throws<InvalidOperationException>(() => RankedRun.Stream(model, group, rate: group.IsFirst ? 0.1f : 0.2f));
        Assert.StartsWith("Rank 1 of 2 has another set of options than rank 0: expected '", exception.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void Another_vector_width_is_refused()
    {
        // There may be kernels of one width alone.
        SimdWidth[] widths = [.. StreamText.Info.Widths.Where(SimdWidths.Available.Contains)];
        LocalRanks.Run(widths.Length, group =>
        {
            using var model = new StreamText(seed: 1, width: widths[group.Rank]);
            if (widths.Length == 1)
            {
                RankedRun.Stream(model, group).Dispose();
                return;
            }

            Assert.StartsWith(
                $"Rank 1 of {widths.Length} has another vector width than rank 0: expected '{widths[0]}', got '{widths[1]}'",
                Assert.Throws<InvalidOperationException>(() => RankedRun.Stream(model, group)).Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Another_batch_is_refused_by_the_rank_behind()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => LocalRanks.Run(2, group =>
        {
            using var model = new PairTranslator(seed: 1);
            using var trainer = new Trainer<PairTranslator>(model, new() { BatchSize = 2, Ranks = group });
            trainer.Step(RankedRun.Pair(group.IsFirst ? [2, 2] : [1, 2]));
        }));
        Assert.Contains("Rank 1 of 2 is at another batch than rank 0: expected 2 sequences of weight 4 (step ", exception.Message,
            StringComparison.Ordinal);
    }

    /// <summary>Bytes of the other rank may still be on their way when a step fails: its memory is given back when they are not any
    /// more.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_step_that_failed_among_others_is_given_up_before_its_memory_is(bool forgets)
    {
        Assert.Throws<NotSupportedException>(() => LocalRanks.Run(2, group =>
        {
            var watched = new WatchedRank(group, seed: 1, late: 0) { Forgets = forgets };
            using var model = new PairTranslator(seed: 1);
            using var trainer = new Trainer<PairTranslator>(model, new() { BatchSize = 2, Ranks = watched });
            if (group.IsFirst)
            {
                trainer.Step(RankedRun.Pair([2, 2]));
                return;
            }

            Assert.Throws<InvalidOperationException>(() => trainer.Step(RankedRun.Pair([1, 2])));
            Assert.Contains("failed while ranks exchanged their sums",
                Assert.Throws<InvalidOperationException>(() => trainer.Step(RankedRun.Pair([1, 2]))).Message, StringComparison.Ordinal);
            Assert.Equal(0, watched.Abandoned);
            trainer.Dispose();
            trainer.Dispose();
            Assert.Equal(1, watched.Abandoned);
            throw new NotSupportedException("rank 0 waits for this one");
        }));
    }

    [Fact]
    public void What_was_exchanged_to_the_end_needs_not_be_given_up() => LocalRanks.Run(3, group =>
    {
        var watched = new WatchedRank(group, seed: 1, late: 0.5);
        using var model = new StreamText(seed: 1);
        using (var trainer = RankedRun.Stream(model, watched))
        {
            RankedRun.Train(trainer, RankedRun.Text(), steps: 2);
        }

        Assert.Equal(0, watched.Abandoned);
    });

    /// <summary>A function that measures something else on each rank: one that stopped alone would leave the others waiting.</summary>
    [Fact]
    public void What_rank_0_measures_decides_when_all_stop()
    {
        var ends = new long[2];
        LocalRanks.Run(2, group =>
        {
            using var model = new StreamText(seed: 1);
            using var trainer = RankedRun.Stream(model, group);
            var measured = 5.0;
            var loop = trainer.CreateLoop(RankedRun.Text(), new()
            {
                Steps = 12,
                Validate = () => measured += group.IsFirst && trainer.StepCount < 8 ? -1 : 1,
                ValidateEvery = 2,
                EarlyStopping = new EarlyStopping(patience: 1),
            });
            Assert.Equal(TrainingEnd.StoppedEarly, loop.Run().End);
            ends[group.Rank] = trainer.StepCount;
        });
        Assert.Equal([8, 8], ends);
    }

    [Fact]
    public void Other_data_are_refused_when_a_loop_begins()
    {
        var refused = 0;
        LocalRanks.Run(2, group =>
        {
            using var model = new StreamText(seed: 1);
            using var trainer = RankedRun.Stream(model, group);
            var text = new int[(RankedRun.Streams * 20) + 1];
            text[3] = group.Rank;
            var loop = trainer.CreateLoop(new Data.ContiguousStreams(text, RankedRun.Streams, 10), new() { Steps = 1 });
            Assert.Contains("Rank 1 of 2 has another order of data than rank 0",
                Assert.Throws<InvalidOperationException>(() => loop.Run()).Message, StringComparison.Ordinal);
            Interlocked.Increment(ref refused);
        });
        Assert.Equal(2, refused);
    }

    [Fact]
    public void A_loss_that_is_no_number_is_one_on_all_ranks_and_parameters_stay()
    {
        var thrown = 0;
        LocalRanks.Run(3, group =>
        {
            using var model = new StreamText(seed: 1);
            using (var edit = model.Edit())
            {
                edit.Parameters.Fill(float.MaxValue);
            }

            using var trainer = RankedRun.Stream(model, group);
            Assert.Throws<NonFiniteLossException>(() => RankedRun.Train(trainer, RankedRun.Text(), 1));
            Assert.Equal(float.MaxValue, model.Parameters[0]);
            Interlocked.Increment(ref thrown);
        });
        Assert.Equal(3, thrown);
    }

    [Fact]
    public void Who_waits_for_a_rank_that_failed_ends()
    {
        var exception = Assert.Throws<NotSupportedException>(() => LocalRanks.Run(3, group =>
        {
            if (group.Rank == 1)
            {
                throw new NotSupportedException("this one");
            }

            group.FromFirst(group.Rank);
            group.Agree("anything", "same");
        }));
        Assert.Equal("this one", exception.Message);
    }

    [Fact]
    public void A_long_text_is_compared_as_a_whole() => LocalRanks.Run(2, group =>
    {
        var text = new string('a', 5000);
        group.Agree("text", text);
        Assert.Throws<InvalidOperationException>(() => group.Agree("text", text + (group.IsFirst ? "b" : "c")));
    });
}
