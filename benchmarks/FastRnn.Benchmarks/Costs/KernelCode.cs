using System.Globalization;
using System.Reflection;

using FastRnn.Benchmarks.Models;

namespace FastRnn.Benchmarks.Costs;

/// <summary>The emitted methods of a model at the width in use.</summary>
internal static class KernelCode
{
    private static readonly string Suffix = string.Create(CultureInfo.InvariantCulture, $"_W{(int)SimdWidths.Resolve(SimdWidth.Auto)}");

    private static readonly ILookup<string, Type> Classes = typeof(KernelCode).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("FastRnn.Generated.", StringComparison.Ordinal) == true
            && type.Name.EndsWith(Suffix, StringComparison.Ordinal))
        .ToLookup(type => type.Namespace!);

    public static IReadOnlyList<MethodInfo> Methods(IBenchmarkModel model) =>
    [
        .. from kernels in Classes["FastRnn.Generated." + model.Type.FullName]
           from method in kernels.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           select method,
    ];

    /// <summary>As the compiler writes it in its summary.</summary>
    public static string Name(MethodInfo method) => $"{method.DeclaringType!.FullName}:{method.Name}";
}
