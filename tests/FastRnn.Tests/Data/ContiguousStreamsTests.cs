using FastRnn.Data;

namespace FastRnn.Tests.Data;

public sealed class ContiguousStreamsTests
{
    private static ReadOnlyMemory<int> Counting(int count) => Enumerable.Range(0, count).ToArray();

    [Fact]
    public void Each_stream_is_a_contiguous_piece_and_targets_are_the_next_tokens()
    {
        // 3 streams of (14 - 1) / 3 = 4 positions: 0.., 4.., 8..; token 13 is not read.
        var streams = new ContiguousStreams(Counting(14), batchSize: 3, sequenceLength: 2);
        Assert.Equal((4, 2, 12L), (streams.StreamLength, streams.WindowCount, streams.PositionCount));

        var (inputs, targets) = (new int[6], new int[6]);
        Assert.Equal(2, streams.Window(0, inputs, targets));
        Assert.Equal([0, 4, 8, 1, 5, 9], inputs);
        Assert.Equal([1, 5, 9, 2, 6, 10], targets);

        Assert.Equal(2, streams.Window(1, inputs, targets));
        Assert.Equal([2, 6, 10, 3, 7, 11], inputs);
        Assert.Equal([3, 7, 11, 4, 8, 12], targets);
    }

    [Fact]
    public void A_rest_is_skipped_or_kept_as_a_shorter_window()
    {
        var skipped = new ContiguousStreams(Counting(15), batchSize: 2, sequenceLength: 3);
        Assert.Equal((7, 2, 12L), (skipped.StreamLength, skipped.WindowCount, skipped.PositionCount));

        var kept = new ContiguousStreams(Counting(15), batchSize: 2, sequenceLength: 3, keepRemainder: true);
        Assert.Equal((7, 3, 14L), (kept.StreamLength, kept.WindowCount, kept.PositionCount));
        var (inputs, targets) = (new int[6], new int[6]);
        Assert.Equal(1, kept.Window(2, inputs, targets));
        Assert.Equal([6, 13], inputs[..2]);
        Assert.Equal([7, 14], targets[..2]);
    }

    [Fact]
    public void Every_position_is_read_once_in_an_epoch()
    {
        foreach (var (length, batch, steps) in new[] { (1000, 16, 64), (77, 7, 3), (65, 64, 1), (2, 1, 1), (129, 4, 32) })
        {
            var streams = new ContiguousStreams(Counting(length), batch, steps, keepRemainder: true);
            var (inputs, targets) = (new int[batch * steps], new int[batch * steps]);
            var seen = new List<int>();
            for (var window = 0; window < streams.WindowCount; window++)
            {
                var positions = streams.Window(window, inputs, targets) * batch;
                Assert.Equal(inputs[..positions].Select(token => token + 1), targets[..positions]);
                seen.AddRange(inputs[..positions]);
            }

            Assert.Equal(streams.PositionCount, seen.Count);
            Assert.Equal(Enumerable.Range(0, (length - 1) / batch * batch), seen.Order());
        }
    }

    [Fact]
    public void Next_goes_from_epoch_to_epoch_and_a_saved_position_continues()
    {
        var streams = new ContiguousStreams(Counting(14), batchSize: 3, sequenceLength: 2);
        var (inputs, targets) = (new int[6], new int[6]);
        var begins = new List<bool>();
        var firsts = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            streams.Next(inputs, targets, out var beginsEpoch);
            begins.Add(beginsEpoch);
            firsts.Add(inputs[0]);
        }

        Assert.Equal([true, false, true, false, true], begins);
        Assert.Equal([0, 2, 0, 2, 0], firsts);
        Assert.Equal(5, streams.Position);

        var resumed = new ContiguousStreams(Counting(14), batchSize: 3, sequenceLength: 2) { Position = streams.Position };
        resumed.Next(inputs, targets, out var begin);
        Assert.Equal((false, 2), (begin, inputs[0]));
    }

    [Fact]
    public void An_empty_text_is_refused() =>
        Assert.Contains(
            "empty", Assert.Throws<ArgumentException>(() => new ContiguousStreams(Counting(0), 1, 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_shorter_than_one_window_is_refused_with_what_is_needed()
    {
        Assert.Equal(1, new ContiguousStreams(Counting(4097), 64, 64).WindowCount);
        var message = Assert.Throws<ArgumentException>(() => new ContiguousStreams(Counting(4096), 64, 64)).Message;
        Assert.Contains("64 streams of 64 steps need 4097 tokens, got 4096", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ContiguousStreams(Counting(64), 64, 64, keepRemainder: true));
    }

    [Fact]
    public void Sizes_windows_and_spans_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContiguousStreams(Counting(9), 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContiguousStreams(Counting(9), 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContiguousStreams(Counting(9), 1, 0, keepRemainder: true));
        var streams = new ContiguousStreams(Counting(9), 2, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => streams.Window(2, new int[4], new int[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => streams.Window(-1, new int[4], new int[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => streams.Position = -1);
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => streams.Window(0, new int[3], new int[4])).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => streams.Window(0, new int[4], new int[3])).ParamName);
    }
}
