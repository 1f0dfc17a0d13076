namespace FastRnn.Data;

/// <summary>How a batch of sequences lies in memory: the three layouts of <see cref="SequenceBatch"/>. Results are the same.</summary>
public enum BatchLayout
{
    /// <summary>One sequence behind the other: any lengths, no padding.</summary>
    Ragged,

    /// <summary>Time-major, padded to the longest sequence of the batch.</summary>
    Padded,

    /// <summary>Time-major, for sequences that are all equally long. Their sources, which need not be, are ragged, and so is a last batch
    /// that is smaller.</summary>
    Equal,
}
