namespace FastRnn.Data;

/// <summary>Gives batches to train on, epoch after epoch, in an order that depends on the source's numbers and <see cref="Position"/>
/// alone: a run that is taken up again at a saved position reads on as if it had never stopped.</summary>
public interface IBatchSource
{
    /// <summary>Batches of an epoch, at least 1.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>B: sequences of a batch that says no lengths, and the most of one that does.</summary>
    int BatchSize { get; }

    /// <summary>How many batches <see cref="Next"/> has given, over all epochs. Saved and set again, it continues where it was.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    long Position { get; set; }

    /// <summary>A short text that differs between sources whose batches differ: a run refuses to go on with others than it began
    /// with.</summary>
    string Identity { get; }

    /// <summary>The batch at <see cref="Position"/>; goes on to the next one. Allocates nothing after the first epoch.</summary>
    /// <param name="beginsSequences">Whether it begins new sequences, so that a carried state must be reset before it.</param>
    /// <returns>Views that hold until the next call.</returns>
    SequenceBatch Next(out bool beginsSequences);
}
