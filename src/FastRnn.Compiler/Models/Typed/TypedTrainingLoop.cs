using FastRnn.Training;

namespace FastRnn.Compiler.Typed;

/// <summary>A training loop of the generated class.</summary>
internal sealed class TypedTrainingLoop<TModel>(TrainingLoop<TModel> loop) : CompiledTrainingLoop
    where TModel : class, IModel<TModel>
{
    public override IReadOnlyDictionary<string, string> Resume(string path) => loop.Resume(path);

    public override TrainingLoopResult Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        loop.Run(progress, cancellation);

    public override TrainingLoopResult Run(Action<TrainingProgress> progress, CancellationToken cancellation = default) =>
        loop.Run(progress, cancellation);
}
