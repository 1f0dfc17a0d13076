namespace FastRnn.Data;

/// <summary>How <see cref="ShuffledBatches"/> puts sequences together.</summary>
public sealed record ShuffledBatchesOptions
{
    /// <summary>Whether each epoch has an order of its own; otherwise it is that of the data set, as for validation.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether the last batch of an epoch is left out where it would be smaller than the others.</summary>
    public bool DropLast { get; init; }

    /// <summary>So many batches at a time are sorted by length among themselves, so that padding is shorter; at least 0. 0 does not sort:
    /// ragged batches have no padding. Order is less random for it.</summary>
    public int BucketBatches { get; init; }

    /// <summary>How a batch lies in memory.</summary>
    public BatchLayout Layout { get; init; }

    /// <summary>What stands behind the end of a padded sequence where numbers are. It is never read.</summary>
    public float Padding { get; init; }

    /// <summary>What stands behind the end of a padded sequence where tokens are. It is never read.</summary>
    public int PaddingToken { get; init; }
}
