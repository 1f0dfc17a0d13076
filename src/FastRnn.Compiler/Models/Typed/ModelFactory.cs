using FastRnn.Files;

namespace FastRnn.Compiler.Typed;

/// <summary>Makes models of one class. The one object that is made by reflection: once for a declaration.</summary>
internal abstract class ModelFactory
{
    /// <summary>The generated class.</summary>
    public abstract Type Model { get; }

    /// <summary>Tables of the class.</summary>
    public abstract ModelInfo Info { get; }

    /// <param name="model">A class with <see cref="ModelAttribute"/>.</param>
    public static ModelFactory Of(Type model) =>
        (ModelFactory)Activator.CreateInstance(typeof(TypedFactory<>).MakeGenericType(model), nonPublic: true)!;

    public abstract CompiledModel Create(int seed, SimdWidth width);

    public abstract CompiledModel Load(string path, TensorNames names, SimdWidth width);
}
