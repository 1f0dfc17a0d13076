using FastRnn.Generators.Analysis;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits a model: one file with its tables and entry points, one that chooses kernels, and one for each layer shape and vector
/// width. Kernels stand in a namespace of their own, where no name of the user's project comes before theirs.</summary>
internal static class ModelEmitter
{
    /// <summary>The file that users see: tables and entry points.</summary>
    public static (string HintName, string Text) Emit(ModelPlan plan) =>
        (ModelShell.FullName(plan.Graph) + ".g.cs", ModelFileEmitter.Emit(plan.Graph, plan.Layers));

    /// <summary>The files that only a compiler needs: the choice of a kernel, and the kernels.</summary>
    public static IReadOnlyList<(string HintName, string Text)> EmitKernels(ModelPlan plan, CancellationToken cancellation = default)
    {
        var model = plan.Graph;
        var prefix = ModelShell.FullName(model);
        var files = new List<(string, string)> { (prefix + ".Kernels.g.cs", DispatchEmitter.Emit(plan)) };
        foreach (var layer in plan.Layers.Where(p => p.Forward.Count > 0).Distinct().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            foreach (var width in model.Widths)
            {
                cancellation.ThrowIfCancellationRequested();
                files.Add(($"{prefix}.{layer.Name}.W{CodeWriter.Number(width)}.g.cs", Kernels(model, layer, width)));
            }
        }

        return files;
    }

    private static string Kernels(ModelGraph model, LayerPlan plan, int width)
    {
        var code = new CodeWriter();
        ModelShell.Header(code, nullable: false);
        code.Open("namespace " + ModelShell.KernelNamespace(model));
        var bits = CodeWriter.Number(width);
        code.Line($"""
            using Activation = global::FastRnn.CompilerServices.Activation;
            using CacheHint = global::FastRnn.CompilerServices.CacheHint;
            using Floats = global::System.Runtime.Intrinsics.Vector{bits}<float>;
            using Isa = global::FastRnn.CompilerServices.Simd{bits};
            using LayerCall = global::FastRnn.CompilerServices.LayerCall;
            using Math = global::System.Math;
            using MethodImpl = global::System.Runtime.CompilerServices.MethodImplAttribute;
            using MethodImplOptions = global::System.Runtime.CompilerServices.MethodImplOptions;
            using RowReduction = global::FastRnn.CompilerServices.RowReduction;
            using RowSums = global::FastRnn.CompilerServices.RowSums;
            using Simd = global::System.Runtime.Intrinsics.Vector{bits};
            using TileOperand = global::FastRnn.CompilerServices.TileOperand;
            using TileSums = global::FastRnn.CompilerServices.TileSums;
            """);
        for (var vectors = 1; vectors <= KernelPlan.MostProductVectors; vectors++)
        {
            Tiles(ProductEmitter.Alias(vectors), "ProductTile", vectors);
        }

        for (var vectors = 1; vectors <= KernelPlan.MostProductVectors; vectors++)
        {
            Tiles(RowProductEmitter.Alias(vectors), "RowTile", vectors);
        }

        code.Line();
        new KernelEmitter(code, plan, width).Emit();
        code.Close();
        return code.ToString();

        void Tiles(string alias, string type, int vectors) => code.Line(
            $"using {alias} = global::FastRnn.CompilerServices.{type}<global::FastRnn.CompilerServices.Simd{bits}, "
                + $"global::System.Runtime.Intrinsics.Vector{bits}<float>, "
                + $"global::FastRnn.CompilerServices.Count{CodeWriter.Number(vectors)}>;");
    }
}
