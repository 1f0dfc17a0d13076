using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Compiler;

/// <summary><see cref="Trainer{TModel}"/> of a compiled model: the tape, the gradients and the optimizer's state. Each call is handed on to
/// it: ranges and exceptions are its own, its bits are those of the declared model, and nothing is allocated after the first
/// step.</summary>
public abstract class CompiledTrainer : IDisposable
{
    private protected CompiledTrainer()
    {
    }

    /// <inheritdoc cref="Trainer{TModel}.Model"/>
    public abstract CompiledModel Model { get; }

    /// <inheritdoc cref="Trainer{TModel}.Options"/>
    public abstract TrainerOptions Options { get; }

    /// <inheritdoc cref="Trainer{TModel}.StepCount"/>
    public abstract long StepCount { get; }

    /// <inheritdoc cref="Trainer{TModel}.SegmentLength"/>
    public abstract int SegmentLength { get; }

    /// <inheritdoc cref="Trainer{TModel}.MemoryBytes"/>
    public abstract long MemoryBytes { get; }

    /// <inheritdoc cref="Trainer{TModel}.Gradients"/>
    public abstract ReadOnlySpan<float> Gradients { get; }

    /// <inheritdoc cref="Trainer{TModel}.Step(Inputs, Targets)"/>
    public abstract TrainingResult Step(Inputs inputs, Targets targets);

    /// <inheritdoc cref="Trainer{TModel}.Step(in SequenceBatch)"/>
    public abstract TrainingResult Step(in SequenceBatch batch);

    /// <inheritdoc cref="Trainer{TModel}.Accumulate(in SequenceBatch)"/>
    public abstract BatchLoss Accumulate(in SequenceBatch batch);

    /// <inheritdoc cref="Trainer{TModel}.Update(float)"/>
    public abstract double Update(float scale = 1);

    /// <inheritdoc cref="Trainer{TModel}.ResetState()"/>
    public abstract void ResetState();

    /// <inheritdoc cref="Trainer{TModel}.Save(string, IReadOnlyDictionary{string, string})"/>
    public abstract void Save(string path, IReadOnlyDictionary<string, string>? metadata = null);

    /// <inheritdoc cref="Trainer{TModel}.Restore(string)"/>
    public abstract IReadOnlyDictionary<string, string> Restore(string path);

    /// <summary>A <see cref="TrainingLoop{TModel}"/> over this trainer: schedules, early stopping, checkpoints.</summary>
    /// <inheritdoc cref="TrainingLoop{TModel}(Trainer{TModel}, IBatchSource, TrainingLoopOptions)" path="/param"/>
    /// <inheritdoc cref="TrainingLoop{TModel}(Trainer{TModel}, IBatchSource, TrainingLoopOptions)" path="/exception"/>
    public abstract CompiledTrainingLoop CreateLoop(IBatchSource batches, TrainingLoopOptions options);

    /// <inheritdoc cref="Trainer{TModel}.Dispose()"/>
    public abstract void Dispose();
}
