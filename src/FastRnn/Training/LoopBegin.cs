namespace FastRnn.Training;

/// <summary>Where a run began, and how its steps and measurements are counted: from that follows how many steps and measurements there were
/// at each position, and a checkpoint that says otherwise is damaged.</summary>
/// <param name="Step">Steps that the trainer had done before.</param>
/// <param name="Position">The position of the batches.</param>
/// <param name="BatchesPerEpoch">Batches of an epoch.</param>
/// <param name="ValidateEvery">As <see cref="TrainingLoopOptions.ValidateEvery"/>; null where nothing is measured.</param>
internal sealed record LoopBegin(long Step, long Position, int BatchesPerEpoch, int? ValidateEvery)
{
    /// <summary>Whether steps of so many batches end where epochs do from the first on: otherwise nothing can be counted.</summary>
    public bool IsAligned(int batchesPerStep) => BatchesPerEpoch > 0 && Position % BatchesPerEpoch % batchesPerStep == 0;

    /// <summary>The trainer's step at a position of an aligned run; null where no step of the run ends.</summary>
    public long? StepAt(long position, int batchesPerStep)
    {
        var rest = position % BatchesPerEpoch;
        return position < Position || rest % batchesPerStep != 0
            ? null
            : Step + Steps(position, batchesPerStep) - Steps(Position, batchesPerStep);
    }

    /// <summary>Measurements behind a step of an aligned run, up to another one.</summary>
    public long MeasurementsBetween(long from, long to, int batchesPerStep)
    {
        if (ValidateEvery is not { } every)
        {
            return 0;
        }

        if (every > 0)
        {
            return (to / every) - (from / every);
        }

        // At the ends of epochs: counted from the beginning of the one in which the run began.
        var (perEpoch, offset) = (((BatchesPerEpoch - 1) / batchesPerStep) + 1, Steps(Position, batchesPerStep) - Step);
        return ((to + offset) / perEpoch) - ((from + offset) / perEpoch);
    }

    /// <summary>Steps up to a position, had the run begun at position 0.</summary>
    private long Steps(long position, int batchesPerStep) =>
        (position / BatchesPerEpoch * (((BatchesPerEpoch - 1) / batchesPerStep) + 1)) + (position % BatchesPerEpoch / batchesPerStep);
}
