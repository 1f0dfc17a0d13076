using FastRnn.Generators.Analysis;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the half of the model's class that its users see: the cost sheet, the entry points, the dispatch, the tables.</summary>
internal static class ModelFileEmitter
{
    public static string Emit(ModelGraph model, IReadOnlyList<LayerPlan> plans)
    {
        var code = new CodeWriter();
        ModelShell.Header(code);
        ModelShell.OpenNamespace(code, model);
        code.Lines("""
            using global::FastRnn;
            using global::FastRnn.Files;
            using global::FastRnn.Inference;
            using global::FastRnn.Kernels;
            using global::FastRnn.Models;
            using global::FastRnn.Training;
            """);
        code.Line();
        foreach (var type in model.ContainingTypes)
        {
            code.Open(type);
        }

        foreach (var line in CostSheet.Lines(model, plans))
        {
            code.Line("/// " + line);
        }

        var kind = model.Input == "Vector" ? "IVectorModel" : "ITokenModel";
        code.Open($"partial class {model.Name} : Model<{model.Name}>, IModel<{model.Name}>, {kind}");
        EntryPoints(code, model.Name);
        Dispatch(code, model.Name, plans, "Forward");
        Dispatch(code, model.Name, plans, "Backward");
        InfoEmitter.Emit(code, model, plans);
        ModelShell.Close(code, model);
        return code.ToString();
    }

    private static void EntryPoints(CodeWriter code, string name)
    {
        code.Lines($$"""
            /// <summary>A model with fresh parameters.</summary>
            /// <param name="seed">The same seed gives the same parameters on every machine.</param>
            /// <param name="width">The vector width of its kernels; results do not depend on it.</param>
            public {{name}}(int seed = 0, SimdWidth width = SimdWidth.Auto)
                : base(seed, width)
            {
            }

            /// <summary>Reads a model from a safetensors file.</summary>
            /// <param name="path">A file that <see cref="Save"/> or PyTorch wrote.</param>
            /// <param name="width">The vector width of its kernels.</param>
            /// <exception cref="ModelFileException">The file is broken, or of another model.</exception>
            public static {{name}} Load(string path, SimdWidth width = SimdWidth.Auto)
            {
                var model = new {{name}}(0, width);
                ModelFile.Load(Info, model.Parameters, path);
                model.Refresh();
                return model;
            }

            /// <summary>Writes the parameters as safetensors, under PyTorch's names; the file is replaced as a whole or not at all.</summary>
            /// <param name="path">The file.</param>
            public void Save(string path) => ModelFile.Save(Info, Parameters, path);

            /// <summary>A session for inference: the state of <paramref name="batchSize"/> streams.</summary>
            /// <param name="batchSize">B: the number of streams stepped together.</param>
            /// <param name="threads">Workers; 0 takes one for each processor if the batch is worth it.</param>
            public Session<{{name}}> CreateSession(int batchSize = 1, int threads = 0) => new(this, batchSize, threads);

            /// <summary>A trainer, which owns the tape, the gradients and the optimizer's state.</summary>
            /// <param name="options">Batch size, sequence length, optimizer, clipping.</param>
            public Trainer<{{name}}> CreateTrainer(TrainerOptions options) => new(this, options);

            """);
    }

    private static void Dispatch(CodeWriter code, string name, IReadOnlyList<LayerPlan> plans, string direction)
    {
        code.Line("/// <inheritdoc />");
        code.Open($"static void IModel<{name}>.{direction}(int layer, SimdWidth width, in LayerCall call)");
        code.Open("switch (layer, width)");
        for (var i = 0; i < plans.Count; i++)
        {
            foreach (var width in new[] { 512, 256, 128 })
            {
                code.Line($"case ({i}, SimdWidth.Bits{width}):");
                code.Indent();
                code.Line($"{KernelEmitter.ClassName(plans[i], width)}.{direction}(in call);");
                code.Line("break;");
                code.Outdent();
            }
        }

        code.Line("default:");
        code.Indent();
        code.Line("throw new global::System.ArgumentOutOfRangeException(nameof(layer));");
        code.Outdent();
        code.Close();
        code.Close();
        code.Line();
    }
}
