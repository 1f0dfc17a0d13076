using FastRnn.Distributed.Planning;

namespace FastRnn.Distributed.Tests.Planning;

/// <summary>The model of cost against numbers made by hand.</summary>
public class TrainingCostTests
{
    // 1.6 s of passes of which a third makes gradients; 0.02 s of updates; 40 MB of gradients.
    private static readonly TrainingCost Cost = new()
    {
        StepSeconds = 1.62,
        Parameters = 10_000_000,
        Sequences = 64,
        Network = new(1e-3, 1e9),
    };

    [Fact]
    public void One_rank_takes_what_was_measured() => Assert.Equal(1.62, Cost.Of(1).Seconds, 12);

    [Fact]
    public void Two_ranks_wait_for_a_slice_and_for_the_bytes_of_one()
    {
        // A slice: 1.6 / 3 / 2 / 16 s to add, 1 ms + 2.5 MB / 1 GB/s to send; rank 1 begins one slice later, and sends the last one back.
        var (add, send) = (1.6 / 3 / 2 / 16, 0.0035);
        var time = Cost.Of(2);
        Assert.Equal((1.6 * 2 / 3 / 2) + (add + send) + (16 * add) + send + 0.02, time.Seconds, 12);
        Assert.Equal(0.8, time.Compute, 12);
        Assert.Equal(2 * send, time.Exchange, 12);
        Assert.Equal(add, time.Waiting, 12);
    }

    [Fact]
    public void A_slow_network_is_waited_for_slice_by_slice()
    {
        var slow = Cost with { Network = new(0, 1e7) };
        var send = 2.5e6 / 1e7;
        var add = 1.6 / 3 / 2 / 16;
        Assert.Equal((1.6 * 2 / 3 / 2) + add + send + (16 * send) + send + 0.02, slow.Of(2).Seconds, 12);
        Assert.Equal(1, slow.Fastest(1000).Ranks);
        Assert.Equal(1, slow.MostThatPay(1000).Ranks);
    }

    [Fact]
    public void Gradients_of_the_last_layers_travel_while_the_first_ones_pass_back()
    {
        // Forward, and back through one of four layers: from there on the network is busy.
        var deep = Cost with { Network = new(0, 5e7), Layers = 4 };
        var (add, send) = (1.6 / 3 / 2 / 16, 2.5e6 / 5e7);
        Assert.Equal((1.6 / 3 / 2 * 1.25) + add + send + (16 * send) + send + 0.02, deep.Of(2).Seconds, 12);
        Assert.Equal(0.8, deep.Of(2).Compute, 12);

        // A network that is quick enough hides all but the first slice and the last one.
        var quick = deep with { Network = new(0, 1e8) };
        Assert.Equal(0.8 + add + 0.025 + 0.025 + 0.02, quick.Of(2).Seconds, 12);
        Assert.Equal(2 * 0.025, quick.Of(2).Exchange, 12);
    }

    [Fact]
    public void More_ranks_than_sequences_are_of_no_use()
    {
        var free = Cost with { Network = new(0, double.PositiveInfinity) };
        Assert.InRange(free.Fastest(1000).Ranks, 8, 64);
        Assert.True(free.Of(1000).Seconds > free.Of(64).Seconds);
    }

    [Fact]
    public void The_longest_sequence_makes_ranks_wait()
    {
        var ragged = Cost with { LongestSequence = 5 };
        Assert.Equal(2.0 / 64 * 1.6 * 2 / 3, ragged.Of(4).Waiting - Cost.Of(4).Waiting - ((3 + 16) * 1.6 / 3 / 16 * 2 / 64), 9);
    }

    [Fact]
    public void A_probe_measures_between_ranks()
    {
        LocalRanks.Run(3, ranks =>
        {
            var speed = NetworkProbe.Measure(ranks);
            Assert.True(speed is { Latency: > 0, BytesPerSecond: > 0 });
            Assert.Equal(speed.Latency, ranks.FromFirst(speed.Latency));
        });
        Assert.Throws<InvalidOperationException>(() => NetworkProbe.Measure(LocalRanks.Alone));
    }
}
