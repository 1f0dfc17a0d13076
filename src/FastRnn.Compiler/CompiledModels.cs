using System.Reflection;
using System.Runtime.Loader;

namespace FastRnn.Compiler;

/// <summary>Declarations that were compiled in this process, with their kernels. Once it is disposed and nothing uses its types any more,
/// they are unloaded.</summary>
internal sealed class CompiledModels : IDisposable
{
    private readonly AssemblyLoadContext context;
    private readonly Assembly assembly;

    internal CompiledModels(Stream image)
    {
        context = new AssemblyLoadContext("FastRnn models", isCollectible: true);
        assembly = context.LoadFromStream(image);
    }

    /// <summary>The classes of models, in the order of their names.</summary>
    public IReadOnlyList<Type> Models =>
    [
        .. assembly.GetTypes()
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IModel<>)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal),
    ];

    /// <summary>Lets the assembly go.</summary>
    public void Dispose() => context.Unload();
}
