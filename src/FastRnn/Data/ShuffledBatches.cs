using System.Globalization;

namespace FastRnn.Data;

/// <summary>Batches of the sequences of a data set, in another order each epoch. The order of an epoch is made from the seed and its number
/// alone, so that <see cref="Position"/> is all there is to save. Batches are gathered in the same memory each time: nothing is allocated
/// after the first one.</summary>
public sealed class ShuffledBatches : IBatchSource
{
    private readonly SequenceDataset data;
    private readonly ShuffledBatchesOptions options;
    private readonly ShuffledOrder order;
    private readonly Lazy<string> identity;
    private readonly int[] lengths;
    private readonly int[] sourceLengths;
    private readonly int[] targetLengths;
    private readonly BatchBuffer<float>? x;
    private readonly BatchBuffer<int>? tokens;
    private readonly BatchBuffer<bool>? present;
    private readonly BatchBuffer<float>? targets;
    private readonly BatchBuffer<int>? targetTokens;
    private readonly BatchBuffer<float>? weights;
    private readonly BatchBuffer<float>? condition;
    private readonly BatchBuffer<float>? sourceX;
    private readonly BatchBuffer<int>? sourceTokens;
    private long position;

    /// <summary>Takes memory for the largest batch that there can be.</summary>
    /// <param name="data">The sequences; those that are added later are not read.</param>
    /// <param name="batchSize">B, at least 1.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="options">Order and layout.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">There are no sequences, or fewer than one batch where smaller ones are dropped; or equal lengths
    /// are asked for and are not.</exception>
    /// <exception cref="OverflowException">The numbers of a batch do not fit an array.</exception>
    public ShuffledBatches(SequenceDataset data, int batchSize, long seed, ShuffledBatchesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        this.data = data;
        this.options = options ??= new ShuffledBatchesOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.BucketBatches);
        if (!Enum.IsDefined(options.Layout))
            throw new ArgumentOutOfRangeException(nameof(options), options.Layout, "Expected Ragged, Padded or Equal.");
        if (data.Count == 0 || (options.DropLast && data.Count < batchSize))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"Expected at least {(options.DropLast ? batchSize : 1)} sequences, got {data.Count}."), nameof(data));
        }

        if (options.Layout == BatchLayout.Equal && data.MinLength != data.MaxLength)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"Expected sequences of equal length, got {data.MinLength} to {data.MaxLength} steps: cut them, "
                        + $"or choose another layout."), nameof(data));
        }

        BatchSize = batchSize;
        Seed = seed;
        int[] all = [.. Enumerable.Range(0, data.Count).Select(data.LengthOf)];
        int[] allLabels = [.. Enumerable.Range(0, data.Count).Select(data.TargetLengthOf)];
        int[] allSources = [.. Enumerable.Range(0, data.Count).Select(data.SourceLengthOf)];
        order = new ShuffledOrder([.. all], batchSize, seed, options);
        identity = new(() => Identify(all.Length));
        var rows = Math.Min(batchSize, data.Count);
        lengths = new int[rows];
        sourceLengths = new int[data.Format.HasSource ? rows : 0];
        targetLengths = new int[data.Format.HasLabels ? rows : 0];
        all.AsSpan().Sort((a, b) => b.CompareTo(a));
        allSources.AsSpan().Sort((a, b) => b.CompareTo(a));
        allLabels.AsSpan().Sort((a, b) => b.CompareTo(a));
        x = Buffer(data.X, options.Padding, all);
        tokens = Buffer(data.Tokens, options.PaddingToken, all);
        present = Buffer(data.Present, false, all);
        targets = Buffer(data.Targets, options.Padding, all);
        targetTokens = data.Format.HasLabels
            ? new(data.TargetTokens!, BatchLayout.Ragged, batchSize, 0, allLabels)
            : Buffer(data.TargetTokens, options.PaddingToken, all);
        weights = Buffer(data.Weights, options.Padding, all);
        condition = Buffer(data.Condition, 0, all);
        sourceX = Buffer(data.SourceX, options.Padding, allSources, isSource: true);
        sourceTokens = Buffer(data.SourceTokens, options.PaddingToken, allSources, isSource: true);
    }

    /// <summary>B: sequences of a batch, but perhaps of the last one of an epoch.</summary>
    public int BatchSize { get; }

    /// <summary>What the orders of all epochs are made from.</summary>
    public long Seed { get; }

    /// <inheritdoc/>
    public int BatchesPerEpoch => order.BatchCount;

    /// <inheritdoc/>
    public long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    /// <inheritdoc/>
    public string Identity => identity.Value;

    /// <summary>The numbers of the sequences of a batch, in its order.</summary>
    /// <param name="batch">The batch's number over all epochs, from 0.</param>
    /// <returns>A view that holds until the next call.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch"/> is negative.</exception>
    public ReadOnlySpan<int> SequencesOf(long batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        var (epoch, index) = Math.DivRem(batch, BatchesPerEpoch);
        return order.Batch(epoch, (int)index);
    }

    /// <summary>The batch at <see cref="Position"/>; goes on to the next one, from epoch to epoch.</summary>
    /// <returns>Views that hold until the next call.</returns>
    public SequenceBatch Next()
    {
        var batch = Gather(SequencesOf(position));
        position++;
        return batch;
    }

    /// <inheritdoc/>
    SequenceBatch IBatchSource.Next(out bool beginsSequences)
    {
        beginsSequences = true;
        return Next();
    }

    private SequenceBatch Gather(ReadOnlySpan<int> sequences)
    {
        for (var b = 0; b < sequences.Length; b++)
        {
            lengths[b] = data.LengthOf(sequences[b]);
            if (sourceLengths.Length > 0)
                sourceLengths[b] = data.SourceLengthOf(sequences[b]);
            if (targetLengths.Length > 0)
                targetLengths[b] = data.TargetLengthOf(sequences[b]);
        }

        var isWhole = sequences.Length == BatchSize;
        return new SequenceBatch
        {
            X = x is null ? default : x.Gather(sequences, isWhole),
            Tokens = tokens is null ? default : tokens.Gather(sequences, isWhole),
            Present = present is null ? default : present.Gather(sequences, isWhole),
            Targets = targets is null ? default : targets.Gather(sequences, isWhole),
            TargetTokens = targetTokens is null ? default : targetTokens.Gather(sequences, isWhole),
            Weights = weights is null ? default : weights.Gather(sequences, isWhole),
            Condition = condition is null ? default : condition.Gather(sequences, isWhole),
            SourceX = sourceX is null ? default : sourceX.Gather(sequences, isWhole),
            SourceTokens = sourceTokens is null ? default : sourceTokens.Gather(sequences, isWhole),
            Lengths = options.Layout == BatchLayout.Equal && isWhole ? default : lengths.AsSpan(0, sequences.Length),
            SourceLengths = sourceLengths.AsSpan(0, Math.Min(sourceLengths.Length, sequences.Length)),
            TargetLengths = targetLengths.AsSpan(0, Math.Min(targetLengths.Length, sequences.Length)),
            IsPadded = options.Layout == BatchLayout.Padded,
        };
    }

    private BatchBuffer<T>? Buffer<T>(SequenceColumn<T>? column, T padding, ReadOnlySpan<int> longestFirst, bool isSource = false)
        where T : unmanaged
    {
        // Sequences of equal length may have sources of many.
        var layout = isSource && options.Layout == BatchLayout.Equal ? BatchLayout.Ragged : options.Layout;
        return column is null ? null : new(column, layout, BatchSize, padding, longestFirst);
    }

    private string Identify(int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"{count} sequences {data.Fingerprint(count)}, batches of {BatchSize}, "
            + $"seed {Seed}{(options.Shuffle ? "" : ", in order")}{(options.DropLast ? ", whole" : "")}, "
            + $"buckets of {options.BucketBatches}");
}
