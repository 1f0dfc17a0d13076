using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the files of a model, one with its tables and entry points and one that chooses kernels, and those of an assembly's
/// kernels, one for each layer shape and vector width. They stand in a namespace of their own, where no name of the user's project comes
/// before theirs.</summary>
internal static class ModelEmitter
{
    /// <summary>The file that users see: tables and entry points.</summary>
    public static (string HintName, string Text) Emit(ModelPlan plan) =>
        (ModelShell.FullName(plan.Graph) + ".g.cs", ModelFileEmitter.Emit(plan.Graph, plan.Layers));

    /// <summary>The file that only a compiler needs: the choice of a kernel.</summary>
    public static (string HintName, string Text) EmitDispatch(ModelPlan plan) =>
        (ModelShell.FullName(plan.Graph) + ".Kernels.g.cs", DispatchEmitter.Emit(plan));

    /// <summary>The kernels of a layer for a vector width, which all models of the assembly share.</summary>
    public static (string HintName, string Text) EmitKernels(WidthPlan plan)
    {
        var bits = CodeWriter.Number(plan.Width);
        var code = new CodeWriter();
        ModelShell.Header(code, nullable: false);
        code.Open("namespace " + ModelShell.Kernels);
        code.Line($"""
            using Activation = global::FastRnn.CompilerServices.Activation;
            using CacheHint = global::FastRnn.CompilerServices.CacheHint;
            using Floats = global::System.Runtime.Intrinsics.Vector{bits}<float>;
            using Int8Operand = global::FastRnn.CompilerServices.Int8Operand;
            using Int8Product = global::FastRnn.CompilerServices.Int8Product;
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
        for (var vectors = 1; vectors <= ProductForm.MostVectors; vectors++)
        {
            Tiles(ProductEmitter.Alias(vectors), "ProductTile", vectors);
        }

        for (var vectors = 1; vectors <= ProductForm.MostVectors; vectors++)
        {
            Tiles(RowProductEmitter.Alias(vectors), "RowTile", vectors);
        }

        code.Line();
        new KernelEmitter(code, plan.Layer, plan.Width).Emit();
        code.Close();
        return ($"{plan.Layer.Name}.W{bits}.g.cs", code.ToString());

        void Tiles(string alias, string type, int vectors) => code.Line(
            $"using {alias} = global::FastRnn.CompilerServices.{type}<global::FastRnn.CompilerServices.Simd{bits}, "
                + $"global::System.Runtime.Intrinsics.Vector{bits}<float>, "
                + $"global::FastRnn.CompilerServices.Count{CodeWriter.Number(vectors)}>;");
    }
}
