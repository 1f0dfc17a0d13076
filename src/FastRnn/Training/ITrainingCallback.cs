namespace FastRnn.Training;

/// <summary>Sees a run from inside, on its thread. An exception ends the run as if it had been killed: what is left is the last checkpoint.
/// To end it in good order, cancel the token that the run was given.</summary>
public interface ITrainingCallback
{
    /// <summary>After each step, before its validation.</summary>
    /// <param name="progress">Where the run is.</param>
    void OnStep(in TrainingProgress progress)
    {
    }

    /// <summary>After each measurement of the validation loss.</summary>
    /// <param name="progress">Where the run is.</param>
    /// <param name="isBest">Whether it was the smallest so far: the moment to save the model.</param>
    void OnValidation(in TrainingProgress progress, bool isBest)
    {
    }

    /// <summary>After the last step of each epoch, and its validation.</summary>
    /// <param name="progress">Where the run is.</param>
    void OnEpoch(in TrainingProgress progress)
    {
    }
}
