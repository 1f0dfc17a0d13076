using FastRnn.Data;

namespace FastRnn.Samples.Common;

/// <summary>Batches that are made when they are asked for, one after the other.</summary>
/// <param name="batchSize">Sequences of each.</param>
/// <param name="make">Makes the batch of a number, from 0; views that hold until the next one.</param>
/// <param name="windows">How many batches continue the same sequences: after so many, states begin anew.</param>
internal sealed class MadeBatches(int batchSize, MadeBatches.Maker make, int windows = 1) : IBatchSource
{
    /// <summary>Makes a batch.</summary>
    /// <param name="number">From 0.</param>
    public delegate SequenceBatch Maker(int number);

    public int BatchesPerEpoch => windows;

    public int BatchSize => batchSize;

    public long Position { get; set; }

    public string Identity => "made by a sample";

    public SequenceBatch Next(out bool beginsSequences)
    {
        beginsSequences = Position % windows == 0;
        return make((int)Position++);
    }
}
