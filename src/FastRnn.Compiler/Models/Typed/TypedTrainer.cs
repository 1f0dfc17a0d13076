using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Compiler.Typed;

/// <summary>A trainer of the generated class.</summary>
internal sealed class TypedTrainer<TModel>(CompiledModel model, Trainer<TModel> trainer) : CompiledTrainer
    where TModel : class, IModel<TModel>
{
    public override CompiledModel Model => model;

    public override TrainerOptions Options => trainer.Options;

    public override long StepCount => trainer.StepCount;

    public override int SegmentLength => trainer.SegmentLength;

    public override long MemoryBytes => trainer.MemoryBytes;

    public override ReadOnlySpan<float> Gradients => trainer.Gradients;

    public override TrainingResult Step(Inputs inputs, Targets targets) => trainer.Step(inputs, targets);

    public override TrainingResult Step(in SequenceBatch batch) => trainer.Step(in batch);

    public override BatchLoss Accumulate(in SequenceBatch batch) => trainer.Accumulate(in batch);

    public override double Update(float scale = 1) => trainer.Update(scale);

    public override void ResetState() => trainer.ResetState();

    public override void Save(string path, IReadOnlyDictionary<string, string>? metadata = null) => trainer.Save(path, metadata);

    public override IReadOnlyDictionary<string, string> Restore(string path) => trainer.Restore(path);

    public override CompiledTrainingLoop CreateLoop(IBatchSource batches, TrainingLoopOptions options) =>
        new TypedTrainingLoop<TModel>(trainer.CreateLoop(batches, options));

    public override void Dispose() => trainer.Dispose();
}
