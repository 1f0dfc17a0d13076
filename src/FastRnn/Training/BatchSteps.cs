using FastRnn.Data;

namespace FastRnn.Training;

/// <summary>A step on batches of a source, whatever the model reads and predicts.</summary>
internal static class BatchSteps
{
    /// <summary>A step on the next batch.</summary>
    public static TrainingResult Step<TModel>(Trainer<TModel> trainer, IBatchSource batches)
        where TModel : class, IModel<TModel>
    {
        var batch = batches.Next(out var begins);
        if (!IsWindow(batch))
        {
            if (batch.Lengths.IsEmpty)
                CheckBatch(batches, trainer.Options.BatchSize);
            return begins ? trainer.Step(batch) : throw Continued();
        }

        CheckBatch(batches, trainer.Options.BatchSize);
        if (begins)
            trainer.ResetState();

        // Only windows of streams carry their state on.
        var inputs = Inputs.Of(batch.X, batch.Tokens);
        return trainer.Step(inputs, Targets.Of(batch.Targets, batch.TargetTokens));
    }

    /// <summary>A step on the next batches, which are one batch to it.</summary>
    /// <returns>Loss and norm of that one.</returns>
    public static TrainingResult Step<TModel>(Trainer<TModel> trainer, IBatchSource batches, int count)
        where TModel : class, IModel<TModel>
    {
        var (sum, weight) = (0.0, 0.0);
        trainer.DropGradients();
        for (var i = 0; i < count; i++)
        {
            var batch = batches.Next(out var begins);
            if (batch.Lengths.IsEmpty)
                CheckBatch(batches, trainer.Options.BatchSize);
            var loss = begins ? trainer.Accumulate(batch) : throw Continued();
            sum += loss.Sum;
            weight += loss.Weight;
        }

        var all = new BatchLoss(sum, weight);
        return new TrainingResult(TModel.Info.Reduction == Reduction.Mean ? all.PerPosition : sum, all.PerPosition, trainer.Update())
        {
            Weight = weight,
        };
    }

    /// <summary>Whether a batch has nothing but inputs and targets, as long as each other.</summary>
    public static bool IsWindow(in SequenceBatch batch) =>
        batch.Lengths.IsEmpty && batch.Present.IsEmpty && batch.Weights.IsEmpty && batch.TargetLengths.IsEmpty && batch.Condition.IsEmpty
            && batch.SourceX.IsEmpty && batch.SourceTokens.IsEmpty;

    /// <summary>Numbers without lengths do not say how many sequences they are: another batch size would take them apart in
    /// silence.</summary>
    /// <exception cref="ArgumentException">The source has another batch size.</exception>
    public static void CheckBatch(IBatchSource batches, int batchSize)
    {
        if (batches.BatchSize != batchSize)
            throw new ArgumentException(
                $"Batches without lengths: expected {batchSize} sequences each, as many as there is room for, "
                    + $"got batches of {batches.BatchSize}.", nameof(batches));
    }

    private static InvalidOperationException Continued() =>
        new("The batch continues the sequences of the one before it: expected a window of inputs and targets of one length, "
            + "in a step of its own.");
}
