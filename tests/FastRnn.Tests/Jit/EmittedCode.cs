using System.Globalization;
using System.Reflection;

using FastRnn.Tests.Models;

namespace FastRnn.Tests.Jit;

/// <summary>The kernels that the generator emitted into the projects of models: a class for a layer and a width, in a namespace of their
/// own.</summary>
internal static class EmittedCode
{
    /// <summary>The methods of all widths that this CPU has.</summary>
    public static IReadOnlyList<MethodInfo> Methods { get; } =
    [
        .. from assembly in TestAssemblies.All
           from kernels in assembly.GetTypes()
           where kernels.Namespace == "FastRnn.Generated.Kernels"
           where SimdWidths.Available.Any(width => kernels.Name.EndsWith(Suffix(width), StringComparison.Ordinal))
           from method in kernels.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           select method,
    ];

    /// <summary>Those that are compiled: the others are inlined into them.</summary>
    public static IEnumerable<MethodInfo> Compiled => Methods.Where(method => !IsInlined(method));

    /// <summary>Whether a method is never to be called.</summary>
    public static bool IsInlined(MethodInfo method) => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining);

    /// <summary>A method as the compiler writes it: <c>Namespace.Kernels:Method</c>.</summary>
    public static string NameOf(MethodInfo method) => $"{method.DeclaringType!.FullName}:{method.Name}";

    /// <summary>What the name of a class of kernels ends with.</summary>
    public static string Suffix(SimdWidth width) => string.Create(CultureInfo.InvariantCulture, $"_W{(int)width}");
}
