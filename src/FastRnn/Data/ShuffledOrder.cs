using FastRnn.Parameters;

namespace FastRnn.Data;

/// <summary>Which sequences each batch of an epoch has: a function of the seed, the epoch and the lengths alone.</summary>
internal sealed class ShuffledOrder
{
    private readonly int[] lengths;
    private readonly int[] order;
    private readonly int[] batches;
    private readonly long[] keys;
    private readonly int batchSize;
    private readonly long seed;
    private readonly ShuffledBatchesOptions options;
    private readonly RandomSource random;
    private long current = -1;

    public ShuffledOrder(int[] lengths, int batchSize, long seed, ShuffledBatchesOptions options)
    {
        this.lengths = lengths;
        this.batchSize = batchSize;
        this.seed = seed;
        this.options = options;
        random = new RandomSource(seed);
        order = new int[lengths.Length];
        batches = new int[options.DropLast ? lengths.Length / batchSize : ((lengths.Length - 1) / batchSize) + 1];
        keys = new long[lengths.Length];
    }

    public int BatchCount => batches.Length;

    /// <summary>The sequences of a batch.</summary>
    public ReadOnlySpan<int> Batch(long epoch, int index)
    {
        if (current != epoch)
        {
            Arrange(epoch);
            current = epoch;
        }

        var begin = batches[index] * batchSize;
        return order.AsSpan(begin, Math.Min(batchSize, order.Length - begin));
    }

    private void Arrange(long epoch)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        for (var i = 0; i < batches.Length; i++)
            batches[i] = i;
        if (!options.Shuffle)
            return;

        random.Restart(seed, unchecked((int)epoch), unchecked((int)(epoch >> 32)));
        Shuffle(order);
        if (options.BucketBatches == 0)
            return;

        // Within each bucket by length, of equal lengths in the shuffled order; then the batches, which now have neighbours alike, are
        // shuffled themselves. Behind whole buckets, so that a smaller batch stays where it is.
        // What is dropped is left out before, or it would always be the longest.
        var limit = options.DropLast ? batches.Length * batchSize : order.Length;
        var bucket = (int)Math.Min(limit, (long)options.BucketBatches * batchSize);
        for (var begin = 0; begin < limit; begin += bucket)
        {
            var end = (int)Math.Min(limit, (long)begin + bucket);
            for (var i = begin; i < end; i++)
                keys[i] = ((long)lengths[order[i]] << 32) | (uint)i;
            keys.AsSpan(begin, end - begin).Sort(order.AsSpan(begin, end - begin));
            if (end == limit)
                break;
        }

        Shuffle(batches);
    }

    /// <summary>Fisher and Yates, as Knuth (The Art of Computer Programming, volume 2, algorithm P) gives it: each order is as likely as
    /// any other.</summary>
    private void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
