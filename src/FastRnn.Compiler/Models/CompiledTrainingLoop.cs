using FastRnn.Training;

namespace FastRnn.Compiler;

/// <summary><see cref="TrainingLoop{TModel}"/> of a compiled model: a run that can be killed at any moment and resumed with the same
/// bits. <see cref="CompiledTrainer.CreateLoop"/> makes it.</summary>
public abstract class CompiledTrainingLoop
{
    private protected CompiledTrainingLoop()
    {
    }

    /// <inheritdoc cref="TrainingLoop{TModel}.Resume(string)"/>
    public abstract IReadOnlyDictionary<string, string> Resume(string path);

    /// <inheritdoc cref="TrainingLoop{TModel}.Run(IProgress{TrainingProgress}, CancellationToken)"/>
    public abstract TrainingLoopResult Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default);

    /// <inheritdoc cref="TrainingLoop{TModel}.Run(Action{TrainingProgress}, CancellationToken)"/>
    public abstract TrainingLoopResult Run(Action<TrainingProgress> progress, CancellationToken cancellation = default);
}
