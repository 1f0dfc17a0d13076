using FastRnn.Generators.Analysis;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits a model: one file with its tables and entry points, and one file for each layer shape and vector width. Kernels stand
/// in a namespace of their own, where no name of the user's project comes before theirs.</summary>
internal static class ModelEmitter
{
    public static IReadOnlyList<(string HintName, string Text)> Emit(ModelGraph model, CancellationToken cancellation = default)
    {
        var named = NameApart(Plans(model, cancellation));
        var prefix = ModelShell.FullName(model);
        var files = new List<(string, string)> { (prefix + ".g.cs", ModelFileEmitter.Emit(model, named)) };
        foreach (var plan in named.Where(p => p.Forward.Count > 0).Distinct().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            foreach (var width in model.Widths)
            {
                cancellation.ThrowIfCancellationRequested();
                files.Add(($"{prefix}.{plan.Name}.W{CodeWriter.Number(width)}.g.cs", Kernels(model, plan, width)));
            }
        }

        return files;
    }

    /// <summary>The layers of a model, scheduled.</summary>
    public static List<LayerPlan> Plans(ModelGraph model, CancellationToken cancellation)
    {
        var plans = new List<LayerPlan>();
        for (var i = 0; i < model.Layers.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var mayReadToken = model.MayReadToken(i);
            plans.Add(model.Layers[i].IsKernel
                ? LayerScheduler.Schedule(model.Layers[i], mayReadToken, mayReadToken) : OperationScheduler.Schedule(model.Layers[i]));
        }

        return plans;
    }

    /// <summary>Layers share kernels only if all of their plan is the same; what merely bears the same name (cells of two namespaces, a
    /// cell called Dense) gets a number. File names make no difference of case.</summary>
    private static List<LayerPlan> NameApart(List<LayerPlan> plans)
    {
        var distinct = plans.Distinct().ToList();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var named = distinct.Select(plan =>
        {
            var name = plan.Name;
            for (var n = 2; !names.Add(name); n++)
            {
                name = plan.Name + "_" + CodeWriter.Number(n);
            }

            return plan with { Name = name };
        }).ToList();
        return plans.Select(plan => named[distinct.IndexOf(plan)]).ToList();
    }

    private static string Kernels(ModelGraph model, LayerPlan plan, int width)
    {
        var code = new CodeWriter();
        ModelShell.Header(code);
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
            using Simd = global::System.Runtime.Intrinsics.Vector{bits};
            using TileOperand = global::FastRnn.CompilerServices.TileOperand;
            using TileSums = global::FastRnn.CompilerServices.TileSums;
            """);
        for (var vectors = 1; vectors <= KernelPlan.MostProductVectors; vectors++)
        {
            code.Line(
                $"using {ProductEmitter.Alias(vectors)} = global::FastRnn.CompilerServices.ProductTile<"
                    + $"global::FastRnn.CompilerServices.Simd{bits}, global::System.Runtime.Intrinsics.Vector{bits}<float>, "
                    + $"global::FastRnn.CompilerServices.Count{CodeWriter.Number(vectors)}>;");
        }

        code.Line();
        new KernelEmitter(code, plan, width).Emit();
        code.Close();
        return code.ToString();
    }
}
