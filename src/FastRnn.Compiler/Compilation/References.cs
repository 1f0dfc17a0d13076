using System.Reflection;
using System.Reflection.Metadata;

using Microsoft.CodeAnalysis;

namespace FastRnn.Compiler.Compilation;

/// <summary>The assemblies that a declaration is compiled against, as this process has them in memory: also in a program that is one file,
/// and in one that has loaded them from anywhere.</summary>
internal static class References
{
    // The framework's parts that a declaration and generated code use, and no more: each costs time.
    private static readonly string[] Framework =
    [
        "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq", "System.Memory", "System.Runtime.Intrinsics",
        "System.Runtime.InteropServices", "System.Numerics.Vectors", "System.Threading", "netstandard",
    ];

    // Shared, because what the compiler has read of an assembly stays with its reference.
    private static readonly Lazy<IReadOnlyList<MetadataReference>> Usual = new(() =>
        [.. Framework.Select(name => Assembly.Load(new AssemblyName(name))).Append(typeof(ModelAttribute).Assembly).Select(Of)]);

    /// <summary>The framework of this process, the runtime library, and others.</summary>
    public static IEnumerable<MetadataReference> With(IReadOnlyList<Assembly> others) => [.. Usual.Value, .. others.Distinct().Select(Of)];

    private static unsafe MetadataReference Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        if (!assembly.TryGetRawMetadata(out var blob, out var length))
            throw new ArgumentException($"The assembly {assembly.GetName().Name} has no metadata: it is none that was compiled.");
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)blob, length)).GetReference(display: assembly.FullName);
    }
}
