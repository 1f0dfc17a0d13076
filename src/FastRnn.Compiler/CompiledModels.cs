using FastRnn.Compiler.Loading;

namespace FastRnn.Compiler;

/// <summary>Declarations that were compiled in this process, with their kernels. Once it is disposed and nothing uses its types any more,
/// they are unloaded.</summary>
internal sealed class CompiledModels(byte[] image) : IDisposable
{
    private readonly ModelContext context = new(image, []);

    /// <summary>The classes of models, in the order of their names.</summary>
    public IReadOnlyList<Type> Models => context.Models;

    /// <summary>Lets the assembly go.</summary>
    public void Dispose() => context.Unload();
}
