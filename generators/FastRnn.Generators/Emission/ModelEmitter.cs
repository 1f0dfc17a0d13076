using FastRnn.Generators.Analysis;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits a model: one file with its tables and entry points, and one file for each layer shape and vector width.</summary>
internal static class ModelEmitter
{
    private static readonly int[] Widths = [128, 256, 512];

    public static IReadOnlyList<(string HintName, string Text)> Emit(ModelGraph model)
    {
        var plans = model.Layers
            .Select((layer, i) => LayerScheduler.Schedule(layer, i == 0, model.Input == "OneHot"))
            .ToList();
        var prefix = Prefix(model);
        var files = new List<(string, string)> { (prefix + ".g.cs", ModelFileEmitter.Emit(model, plans)) };
        foreach (var plan in plans.GroupBy(p => p.Name).Select(g => g.First()).OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            foreach (var width in Widths)
            {
                files.Add(($"{prefix}.{plan.Name}.W{CodeWriter.Number(width)}.g.cs", Kernels(model, plan, width)));
            }
        }

        return files;
    }

    private static string Prefix(ModelGraph model)
    {
        var outer = model.ContainingTypes.Select(t => t.Split(' ').Last());
        var parts = (model.Namespace.Length > 0 ? new[] { model.Namespace } : []).Concat(outer).Concat([model.Name]);
        return string.Join(".", parts).Replace("@", "").Replace('<', '_').Replace('>', '_');
    }

    private static string Kernels(ModelGraph model, LayerPlan plan, int width)
    {
        var code = new CodeWriter();
        ModelShell.Header(code);
        ModelShell.OpenNamespace(code, model);
        var bits = CodeWriter.Number(width);
        code.Lines($"""
            using System;
            using System.Runtime.CompilerServices;

            using Activation = global::FastRnn.Kernels.Activation;
            using Floats = global::System.Runtime.Intrinsics.Vector{bits}<float>;
            using Isa = global::FastRnn.Kernels.Simd{bits};
            using LayerCall = global::FastRnn.Kernels.LayerCall;
            using Simd = global::System.Runtime.Intrinsics.Vector{bits};
            """);
        code.Line();
        ModelShell.OpenTypes(code, model, "");
        new KernelEmitter(code, plan, width).Emit();
        ModelShell.Close(code, model);
        return code.ToString();
    }
}
