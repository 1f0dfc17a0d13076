using FastRnn.Files;

namespace FastRnn.Training;

/// <summary>Whether what a checkpoint says of a run fits together: each number may be right by itself, and the run would go on as another
/// one.</summary>
internal static class LoopCheck
{
    /// <summary>Refuses what no run can have written.</summary>
    /// <param name="state">What the file says.</param>
    /// <param name="step">The trainer's step in the same file.</param>
    /// <param name="none">What the best measurement is before the first one: infinity, or its negative where larger is better.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">Something contradicts something else.</exception>
    public static void Check(LoopState state, long step, double none, string path)
    {
        Require(state.BatchesPerStep >= 1, "batches_per_step: expected at least 1");
        Require(double.IsFinite(state.EpochLoss), "epoch_loss: expected a finite number");
        Require(state.EpochSteps > 0 || state.EpochLoss == 0, "epoch_loss: expected 0, as no step was counted");
        Require(!double.IsNaN(state.Best), "best_loss: expected a number, or infinity if nothing was measured");
        Require(state.BestStep <= step, "best_step: expected at most the trainer's step");
        Require(state.BestStep > 0 == (state.Best != none),
            "best_loss and best_step: expected both or none, infinity and 0");
        Require(state.BestStep == 0 || state.ValidationLoss is not null, "best_step: expected a validation_loss besides");
        Require(state.Waited == 0 || state.ValidationLoss is not null, "waited: expected 0, as nothing was measured");
        var unexplained = FindUnexplained(state, step);
        Require(unexplained is null, unexplained ?? "");

        void Require(bool isRight, string what)
        {
            if (!isRight)
            {
                throw new ModelFileException(path, $"metadata of the run do not fit together: {what}");
            }
        }
    }

    /// <summary>What does not follow from where the run began; null if all does, or nothing can be counted. A run in which a step failed or
    /// that somebody led elsewhere in between is right as well: it cannot say any more where it began.</summary>
    /// <param name="state">What is known of the run.</param>
    /// <param name="step">The trainer's step.</param>
    public static string? FindUnexplained(LoopState state, long step)
    {
        if (state.Begin is not { } begin || !begin.IsAligned(state.BatchesPerStep))
        {
            return null;
        }

        // After the last step of an epoch its sums have been told and are gone.
        if (state.EpochSteps > state.Position % begin.BatchesPerEpoch / state.BatchesPerStep)
        {
            return "epoch_steps: expected at most those that the position says";
        }

        if (begin.StepAt(state.Position, state.BatchesPerStep) != step)
        {
            return "position: expected that of the trainer's step";
        }

        var from = state.BestStep > 0 ? state.BestStep : begin.Step;
        return state.ValidationLoss is null ? null
            : state.Waited != begin.MeasurementsBetween(from, step, state.BatchesPerStep)
                ? "waited: expected the measurements since best_step"
            : state.BestStep > 0 && begin.MeasurementsBetween(state.BestStep - 1, state.BestStep, state.BatchesPerStep) != 1
                ? "best_step: expected a step that was measured"
            : null;
    }
}
