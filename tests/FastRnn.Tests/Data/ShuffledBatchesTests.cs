using FastRnn.Data;
using FastRnn.Tests.Allocation;

namespace FastRnn.Tests.Data;

public sealed class ShuffledBatchesTests
{
    [Fact]
    public void Every_sequence_is_in_every_epoch_once_and_each_epoch_has_an_order_of_its_own()
    {
        foreach (var (count, batch, buckets) in new[] { (10, 3, 0), (10, 3, 2), (9, 3, 0), (1, 4, 0), (17, 4, 3), (7, 100, 1) })
        {
            var batches = new ShuffledBatches(Counting(count), batch, seed: 5, new() { BucketBatches = buckets });
            Assert.Equal((count + batch - 1) / batch, batches.BatchesPerEpoch);
            var epochs = Enumerable.Range(0, 4).Select(_ => Epoch(batches)).ToArray();
            Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, count), epoch.Order()));
            if (count > 4)
                Assert.Equal(4, epochs.Select(epoch => string.Join(' ', epoch)).Distinct().Count());
        }
    }

    [Fact]
    public void The_order_is_a_function_of_seed_and_position_alone()
    {
        var data = Counting(23);
        var batches = new ShuffledBatches(data, 4, seed: 7);
        var all = Enumerable.Range(0, 30).Select(_ => Sequences(batches)).ToArray();
        for (var position = 29; position >= 0; position -= 3)
        {
            var resumed = new ShuffledBatches(data, 4, seed: 7) { Position = position };
            Assert.Equal(all[position], Sequences(resumed));
            Assert.Equal(position + 1, resumed.Position);
            Assert.Equal(all[position], batches.SequencesOf(position).ToArray());
        }

        Assert.NotEqual(Epoch(new ShuffledBatches(data, 4, seed: 8)), Epoch(new ShuffledBatches(data, 4, seed: 7)));
        Assert.Throws<ArgumentOutOfRangeException>(() => batches.Position = -1);
    }

    [Fact]
    public void Orders_are_equally_likely()
    {
        // 6 orders of 3 sequences, 6000 epochs: a standard deviation of the count of each is 28.9.
        var batches = new ShuffledBatches(Counting(3), 3, seed: 1);
        var counts = Enumerable.Range(0, 6000).Select(_ => string.Join(' ', Sequences(batches))).CountBy(order => order).ToArray();
        Assert.Equal(6, counts.Length);
        Assert.All(counts, count => Assert.InRange(count.Value, 1000 - 145, 1000 + 145));
    }

    [Fact]
    public void The_last_smaller_batch_is_kept_or_dropped_and_order_kept_if_wanted()
    {
        var kept = new ShuffledBatches(Counting(7), 3, seed: 1);
        Assert.Equal([3, 3, 1], Enumerable.Range(0, 3).Select(_ => kept.Next().Lengths.Length));
        var dropped = new ShuffledBatches(Counting(7), 3, seed: 1, new() { DropLast = true });
        Assert.Equal(2, dropped.BatchesPerEpoch);
        Assert.Equal([3, 3, 3], Enumerable.Range(0, 3).Select(_ => dropped.Next().Lengths.Length));
        Assert.Equal(Enumerable.Range(0, 7), Epoch(new ShuffledBatches(Counting(7), 3, seed: 1, new() { Shuffle = false })));
        Assert.Throws<ArgumentException>(() => new ShuffledBatches(Counting(2), 3, seed: 1, new() { DropLast = true }));
        Assert.Throws<ArgumentException>(() => new ShuffledBatches(Counting(0), 3, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShuffledBatches(Counting(2), 0, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShuffledBatches(Counting(2), 1, seed: 1, new() { BucketBatches = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShuffledBatches(Counting(2), 1, seed: 1, new() { Layout = (BatchLayout)3 }));
    }

    [Fact]
    public void Buckets_bring_sequences_of_equal_lengths_together()
    {
        var data = Counting(64, i => 1 + (i * 37 % 64));
        Assert.Equal(64 * 65 / 2, Positions(new ShuffledBatches(data, 8, seed: 3, new() { Layout = BatchLayout.Ragged })));
        var padded = Positions(new ShuffledBatches(data, 8, seed: 3, new() { Layout = BatchLayout.Padded }));
        var sorted = Positions(new ShuffledBatches(data, 8, seed: 3, new() { Layout = BatchLayout.Padded, BucketBatches = 8 }));
        Assert.Equal(8 * (8 + 16 + 24 + 32 + 40 + 48 + 56 + 64), sorted);
        Assert.True(padded > 1.3 * sorted, $"{padded} {sorted}");

        static int Positions(ShuffledBatches batches)
        {
            var sum = 0;
            for (var i = 0; i < batches.BatchesPerEpoch; i++)
                sum += batches.Next().Tokens.Length;
            return sum;
        }
    }

    [Fact]
    public void Three_layouts_hold_the_same()
    {
        var data = new SequenceDataset(new() { InputSize = 2, TargetVocabulary = 9, ConditionSize = 1, HasSource = true, SourceSize = 1 });
        data.Add(new() { X = [1, -1, 2, -2], TargetTokens = [1, 2], Condition = [0.5f], SourceX = [7, 8, 9], Weights = [1, 0] });
        data.Add(new() { X = [3, -3], TargetTokens = [3], Condition = [0.25f], SourceX = [6], Present = [false] });
        var order = new ShuffledBatchesOptions { Shuffle = false, Padding = float.NaN, PaddingToken = -1 };

        var ragged = new ShuffledBatches(data, 2, 0, order).Next();
        Assert.Equal([1f, -1, 2, -2, 3, -3], ragged.X);
        Assert.Equal([1, 2, 3], ragged.TargetTokens);
        Assert.Equal([0.5f, 0.25f], ragged.Condition);
        Assert.Equal([7f, 8, 9, 6], ragged.SourceX);
        Assert.Equal([1f, 0, 1], ragged.Weights);
        Assert.Equal([true, true, false], ragged.Present.ToArray());
        Assert.Equal([2, 1], ragged.Lengths);
        Assert.Equal([3, 1], ragged.SourceLengths);
        Assert.False(ragged.IsPadded);

        var padded = new ShuffledBatches(data, 2, 0, order with { Layout = BatchLayout.Padded }).Next();
        Assert.Equal([1f, -1, 3, -3, 2, -2, float.NaN, float.NaN], padded.X);
        Assert.Equal([1, 3, 2, -1], padded.TargetTokens);
        Assert.Equal([0.5f, 0.25f], padded.Condition);
        Assert.Equal([7f, 6, 8, float.NaN, 9, float.NaN], padded.SourceX);
        Assert.Equal([2, 1], padded.Lengths);
        Assert.True(padded.IsPadded);

        var equal = new ShuffledBatches(data.Cut(out _), 2, 0, order with { Layout = BatchLayout.Equal }).Next();
        Assert.Equal([1f, -1, 3, -3], equal.X);
        Assert.Equal([1, 3], equal.TargetTokens);
        Assert.Equal([7f, 8, 9, 6], equal.SourceX);
        Assert.True(equal.Lengths.IsEmpty);
        Assert.Equal([3, 1], equal.SourceLengths);
        Assert.Throws<ArgumentException>(() => new ShuffledBatches(data, 2, 0, order with { Layout = BatchLayout.Equal }));
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_epoch()
    {
        var batches =
            new ShuffledBatches(Counting(50, i => 1 + (i % 9)), 8, seed: 1, new() { BucketBatches = 2, Layout = BatchLayout.Padded });
        for (var i = 0; i < 2 * batches.BatchesPerEpoch; i++)
            batches.Next();
        Assert.Equal(0, OwnThread.LeastAllocated(Epochs, rounds: 10));

        void Epochs()
        {
            for (var i = 0; i < 20 * batches.BatchesPerEpoch; i++)
                batches.Next();
        }
    }

    [Fact]
    public void Other_data_seeds_and_sizes_have_another_identity()
    {
        var data = Counting(9);
        var other = Counting(9, i => i == 4 ? 3 : 2);
        string[] identities =
        [
            .. new[]
            {
                new ShuffledBatches(data, 4, seed: 1), new ShuffledBatches(other, 4, seed: 1), new ShuffledBatches(data, 3, seed: 1),
                new ShuffledBatches(data, 4, seed: 2),
                new ShuffledBatches(data, 4, seed: 1, new() { DropLast = true }),
                new ShuffledBatches(data, 4, seed: 1, new() { BucketBatches = 1 }),
                new ShuffledBatches(data, 4, seed: 1, new() { Shuffle = false }),
            }.Select(batches => batches.Identity),
        ];
        Assert.Equal(identities.Length, identities.Distinct().Count());
        Assert.Equal(identities[0], new ShuffledBatches(Counting(9), 4, seed: 1, new() { Layout = BatchLayout.Padded }).Identity);
    }

    [Fact]
    public void Streams_of_a_text_are_a_source_of_batches_too()
    {
        IBatchSource source = new ContiguousStreams(Enumerable.Range(0, 14).ToArray(), batchSize: 3, sequenceLength: 2);
        var batch = source.Next(out var begins);
        Assert.True(begins);
        Assert.Equal([0, 4, 8, 1, 5, 9], batch.Tokens);
        Assert.Equal([1, 5, 9, 2, 6, 10], batch.TargetTokens);
        source.Next(out begins);
        Assert.False(begins);
        Assert.Equal((2, 2L), (source.BatchesPerEpoch, source.Position));
        source.Next(out begins);
        Assert.True(begins);
        Assert.NotEqual(source.Identity, ((IBatchSource)new ContiguousStreams(Enumerable.Range(1, 14).ToArray(), 3, 2)).Identity);
    }

    /// <summary>Sequence i is i, again and again.</summary>
    private static SequenceDataset Counting(int count, Func<int, int>? length = null)
    {
        var data = new SequenceDataset(new());
        for (var i = 0; i < count; i++)
        {
            var tokens = Enumerable.Repeat(i, length?.Invoke(i) ?? 2).ToArray();
            data.Add(new() { Tokens = tokens, TargetTokens = tokens });
        }

        return data;
    }

    private static int[] Sequences(ShuffledBatches batches)
    {
        var batch = batches.Next();
        var sequences = new int[batch.Lengths.Length];
        for (var (b, at) = (0, 0); b < sequences.Length; at += batch.Lengths[b], b++)
            sequences[b] = batch.Tokens[at];
        return sequences;
    }

    private static int[] Epoch(ShuffledBatches batches) =>
        [.. Enumerable.Range(0, batches.BatchesPerEpoch).SelectMany(_ => Sequences(batches))];
}
