using System.Globalization;
using System.Reflection;

using FastRnn.Benchmarks.Models;

namespace FastRnn.Benchmarks.Costs;

/// <summary>The emitted methods of a model's layers at the width in use.</summary>
internal static class KernelCode
{
    private static readonly string Suffix = string.Create(CultureInfo.InvariantCulture, $"_W{(int)SimdWidths.Resolve(SimdWidth.Auto)}");

    private static readonly IReadOnlyList<Type> Classes =
    [
        .. typeof(KernelCode).Assembly.GetTypes().Where(type => type.Namespace == "FastRnn.Generated.Kernels"
            && type.Name.EndsWith(Suffix, StringComparison.Ordinal)),
    ];

    public static IReadOnlyList<MethodInfo> Methods(IBenchmarkModel model) =>
    [
        .. from layer in ((ModelInfo)model.Type.GetProperty("Info")!.GetValue(null)!).Layers.Select(Shape).Distinct()
           from kernels in Classes.Where(type => type.Name == layer + Suffix || type.Name == layer + "_OneHot" + Suffix)
           from method in kernels.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           select method,
    ];

    /// <summary>What the classes of a layer's kernels begin with: equal layers share them, whichever models they stand in.</summary>
    private static string Shape(LayerInfo layer) => string.Create(
        CultureInfo.InvariantCulture, $"{layer.Cell[(layer.Cell.LastIndexOf('.') + 1)..]}_{layer.InputSize}x{layer.HiddenSize}");

    /// <summary>As the compiler writes it in its summary.</summary>
    public static string Name(MethodInfo method) => $"{method.DeclaringType!.FullName}:{method.Name}";
}
