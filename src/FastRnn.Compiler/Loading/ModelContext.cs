using System.Reflection;
using System.Runtime.Loader;

namespace FastRnn.Compiler.Loading;

/// <summary>Where one compiled assembly is loaded, until nothing of it is in use.</summary>
internal sealed class ModelContext : AssemblyLoadContext
{
    private readonly IReadOnlyList<Assembly> references;

    /// <param name="image">The assembly.</param>
    /// <param name="references">What it was compiled against besides FastRnn.</param>
    public ModelContext(byte[] image, IReadOnlyList<Assembly> references)
        : base("FastRnn models", isCollectible: true)
    {
        this.references = references;
        // Not kept: from the call of Unload on the runtime holds on to this object until the assembly is gone.
        var assembly = LoadFromStream(new MemoryStream(image, writable: false));

        // A context that was told to unload still compiles methods for those who use it, but loads nothing more.
        foreach (var name in assembly.GetReferencedAssemblies())
            LoadFromAssemblyName(name);
    }

    /// <summary>The classes of models, in the order of their names.</summary>
    public IReadOnlyList<Type> Models =>
    [
        .. Assemblies.Single().GetTypes()
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IModel<>)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal),
    ];

    /// <summary>What was referred to is what is meant, wherever this program has loaded it from.</summary>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        references.Append(typeof(ModelAttribute).Assembly).FirstOrDefault(a => a.GetName().Name == assemblyName.Name);
}
