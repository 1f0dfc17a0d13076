using FastRnn.CompilerServices;
using FastRnn.Files;

namespace FastRnn.Compiler.Typed;

/// <summary>Makes models of the generated class.</summary>
internal sealed class TypedFactory<TModel> : ModelFactory
    where TModel : class, IModel<TModel>
{
    public override Type Model => typeof(TModel);

    public override ModelInfo Info => TModel.Info;

    public override CompiledModel Create(int seed, SimdWidth width) =>
        new TypedModel<TModel>(TModel.Create(ModelStore<TModel>.Initialize(seed, width)));

    public override CompiledModel Load(string path, TensorNames names, SimdWidth width) =>
        new TypedModel<TModel>(TModel.Create(ModelStore<TModel>.Load(path, names, width)));
}
