using FastRnn.CompilerServices;
using FastRnn.Diagnostics;
using FastRnn.Inference;

namespace FastRnn.Compiler.Typed;

/// <summary>An object of the generated class.</summary>
internal sealed class TypedModel<TModel>(TModel model) : CompiledModel
    where TModel : class, IModel<TModel>
{
    private readonly ModelStore<TModel> store = model.Store;

    public override ModelInfo Info => TModel.Info;

    public override SimdWidth Width => store.Width;

    public override ReadOnlySpan<float> Parameters => store.Parameters;

    private TModel Value => model;

    /// <summary>The object itself.</summary>
    /// <exception cref="ArgumentException">It is one of another class.</exception>
    public static TModel Of(CompiledModel model, string name)
    {
        ArgumentNullException.ThrowIfNull(model, name);
        return model is TypedModel<TModel> typed ? typed.Value
            : throw new ArgumentException($"It is a model of another declaration than that of {TModel.Info.Name}.", name);
    }

    public override ReadOnlySpan<float> Parameter(int layer, string name) => store.Parameter(layer, name);

    public override ParameterEdit Edit() => store.Edit();

    public override void Save(
        string path, IReadOnlyDictionary<string, string>? metadata = null, WeightFormat format = WeightFormat.Float32) =>
        store.Save(path, metadata, format);

    public override CompiledSession CreateSession(RunOptions? options = null) => new TypedSession<TModel>(new(model, options));

    public override CompiledPredictor CreatePredictor(RunOptions options) => new TypedPredictor<TModel>(new(model, options));

    public override CompiledGenerator CreateGenerator(RunOptions? options = null) => new TypedGenerator<TModel>(new(model, options));

    public override CompiledTrainer CreateTrainer(Training.TrainerOptions options) =>
        new TypedTrainer<TModel>(this, new(model, options));

    public override CompiledEvaluator CreateEvaluator(RunOptions options) => new TypedEvaluator<TModel>(this, new(model, options));

    public override GradientCheckResult CheckGradients(GradientCheckOptions? options = null) => GradientCheck.Run(model, options);

    public override CompiledState CreateState(int batchSize = 1) => new TypedState<TModel>(new SessionState<TModel>(batchSize));

    public override CompiledState LoadState(string path) => new TypedState<TModel>(SessionState<TModel>.Load(path, model));

    public override CompiledState LoadState(Stream stream) => new TypedState<TModel>(SessionState<TModel>.Load(stream, model));

    public override TResult Accept<TResult>(IModelVisitor<TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit(model);
    }

    public override void Dispose() => model.Dispose();
}
