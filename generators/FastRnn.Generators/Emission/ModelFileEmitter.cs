using FastRnn.Generators.Analysis;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the half of the model's class that its users see: the cost sheet, the entry points, the dispatch, the tables.</summary>
internal static class ModelFileEmitter
{
    // Names are written in full: a type of the user's own may be called Session or Reduction.
    private const string Models = "global::FastRnn.Models";
    private const string Width = "global::FastRnn.Kernels.SimdWidth";

    public static string Emit(ModelGraph model, IReadOnlyList<LayerPlan> plans)
    {
        var code = new CodeWriter();
        ModelShell.Header(code);
        ModelShell.Open(code, model);
        foreach (var line in CostSheet.Lines(model, plans))
        {
            code.Line("/// " + line);
        }

        var kind = model.Input == "Vector" ? "IVectorModel" : "ITokenModel";
        code.Open($"partial class {model.Name} : {Models}.Model<{model.Name}>, {Models}.IModel<{model.Name}>, {Models}.{kind}");
        // Whoever has weights of its own gets its constructors beside them.
        EntryPoints(code, model.Name, isFresh: model.Weights is null);
        Dispatch(code, model, plans, "Forward");
        Dispatch(code, model, plans, "Backward");
        InfoEmitter.Emit(code, model, plans);
        code.Close();
        ModelShell.Close(code, model);
        return code.ToString();
    }

    private static void EntryPoints(CodeWriter code, string name, bool isFresh)
    {
        if (isFresh)
        {
            code.Line($$"""
                /// <summary>A model with fresh parameters.</summary>
                /// <param name="seed">The same seed gives the same parameters on every machine.</param>
                /// <param name="width">The vector width of its kernels; results do not depend on it.</param>
                public {{name}}(int seed = 0, {{Width}} width = {{Width}}.Auto)
                    : base(seed, width)
                {
                }

                """);
        }

        code.Line($$"""
            /// <summary>Reads a model from a safetensors file.</summary>
            /// <param name="path">A file that <see cref="Save"/> or PyTorch wrote.</param>
            /// <param name="width">The vector width of its kernels.</param>
            /// <exception cref="global::FastRnn.Files.ModelFileException">The file is broken, or of another model.</exception>
            public static {{name}} Load(string path, {{Width}} width = {{Width}}.Auto)
            {
                var model = new {{name}}(0, width);
                {{Models}}.Model<{{name}}> parameters = model;
                global::FastRnn.Files.ModelFile.Load(Info, parameters.Parameters, path);
                parameters.Refresh();
                return model;
            }

            /// <summary>Writes the parameters as safetensors, under PyTorch's names; the file is replaced as a whole or not at all.</summary>
            /// <param name="path">The file.</param>
            public void Save(string path)
            {
                global::FastRnn.Files.ModelFile.Save(Info, base.Parameters, path);
                global::System.GC.KeepAlive(this);
            }

            /// <summary>A session for inference: the state of <paramref name="batchSize"/> streams.</summary>
            /// <param name="batchSize">B: the number of streams stepped together.</param>
            /// <param name="threads">Workers; 0 takes as many as the processors and the work make worthwhile: for a batch, or for a stream of a large model.</param>
            /// <param name="weights">Single precision, or bfloat16: half the bytes to read for a stream of its own.</param>
            public global::FastRnn.Inference.Session<{{name}}> CreateSession(
                int batchSize = 1,
                int threads = 0,
                global::FastRnn.WeightFormat weights = global::FastRnn.WeightFormat.Float32) =>
                new(this, batchSize, threads, weights);

            /// <summary>A trainer, which owns the tape, the gradients and the optimizer's state.</summary>
            /// <param name="options">Batch size, sequence length, optimizer, clipping.</param>
            public global::FastRnn.Training.Trainer<{{name}}> CreateTrainer(global::FastRnn.Training.TrainerOptions options) => new(this, options);

            /// <summary>A predictor: inference over whole sequences, of one length or of many.</summary>
            /// <param name="batchSize">The most sequences of a call.</param>
            /// <param name="sequenceLength">The most steps of a sequence.</param>
            /// <param name="sourceLength">The most steps of what an encoder reads; 0 takes <paramref name="sequenceLength"/>.</param>
            /// <param name="threads">Workers; 0 takes one for each processor.</param>
            public global::FastRnn.Inference.Predictor<{{name}}> CreatePredictor(int batchSize, int sequenceLength, int sourceLength = 0, int threads = 0) =>
                new(this, batchSize, sequenceLength, sourceLength, threads);

            /// <summary>A generator: sequences whose outputs are fed back, until END or a cap.</summary>
            /// <param name="batchSize">The most sequences that are made together.</param>
            /// <param name="sourceLength">The most steps of what an encoder reads.</param>
            /// <param name="threads">Workers; 0 takes one for each processor.</param>
            public global::FastRnn.Inference.SequenceGenerator<{{name}}> CreateGenerator(int batchSize = 1, int sourceLength = 1, int threads = 1) =>
                new(this, batchSize, sourceLength, threads);

            """);
    }

    private static void Dispatch(CodeWriter code, ModelGraph model, IReadOnlyList<LayerPlan> plans, string direction)
    {
        var kernels = "global::" + ModelShell.KernelNamespace(model) + ".";
        code.Line("/// <inheritdoc />");
        code.Open($"static void {Models}.IModel<{model.Name}>.{direction}(int layer, {Width} width, in global::FastRnn.Kernels.LayerCall call)");
        code.Open("switch (layer, width)");
        for (var i = 0; i < plans.Count; i++)
        {
            foreach (var width in model.Widths.Reverse().Where(_ => model.Layers[i].IsKernel))
            {
                // What is compiled ahead of time for CPUs without wide vectors leaves their kernels out, unless there are no others.
                code.Line($"case ({i}, {Width}.Bits{width}){(width == model.Widths[0] ? "" : $" when {Width}s.Has{width}")}:");
                code.Indent();
                code.Line($"{kernels}{KernelEmitter.ClassName(plans[i], width)}.{direction}(in call);");
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
