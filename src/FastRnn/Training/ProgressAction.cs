namespace FastRnn.Training;

/// <summary>Calls a function at once, on the thread of the run: <see cref="Progress{T}"/> would call it later, on another one, in any
/// order.</summary>
internal sealed class ProgressAction(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => tell(value);
}
