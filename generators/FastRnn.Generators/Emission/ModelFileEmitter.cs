using FastRnn.Generators.Analysis;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the half of the model's class that its users see: the cost sheet, the entry points, the dispatch, the tables.</summary>
internal static class ModelFileEmitter
{
    // Names are written in full: a type of the user's own may be called Session or Reduction.
    private const string Services = "global::FastRnn.CompilerServices";
    private const string Width = "global::FastRnn.SimdWidth";

    public static string Emit(ModelGraph model, IReadOnlyList<LayerPlan> plans)
    {
        var code = new CodeWriter();
        ModelShell.Header(code);
        ModelShell.Open(code, model);
        foreach (var line in CostSheet.Lines(model, plans))
        {
            code.Line("/// " + line);
        }

        var kind = model.Input switch
        {
            InputKind.Vector => $", {Services}.IVectorModel",
            InputKind.Mixed => "",
            _ => $", {Services}.ITokenModel",
        };
        code.Open($"partial class {model.Name} : global::FastRnn.IModel<{model.Name}>{kind}");
        // A model with weights of its own gets its constructors beside them (WeightsEmitter).
        EntryPoints(code, model.Name, isFresh: model.Weights is null);
        Dispatch(code, model.Name, "Forward");
        Dispatch(code, model.Name, "Backward");
        InfoEmitter.Emit(code, model, plans);
        code.Close();
        ModelShell.Close(code, model);
        return code.ToString();
    }

    /// <summary>The field that holds the parameters: no name that a user would take.</summary>
    public const string Field = "fastRnnStore";

    /// <summary>What users call.</summary>
    public static void EntryPoints(CodeWriter code, string name, bool isFresh)
    {
        code.Line($$"""
            private readonly {{Services}}.ModelStore<{{name}}> {{Field}};

            private {{name}}({{Services}}.ModelStore<{{name}}> store) => {{Field}} = store;

            """);
        if (isFresh)
        {
            code.Line($$"""
                /// <summary>A model with fresh parameters.</summary>
                /// <param name="seed">The same seed gives the same parameters on every machine.</param>
                /// <param name="width">The vector width of its kernels; results do not depend on it.</param>
                public {{name}}(int seed = 0, {{Width}} width = {{Width}}.Auto)
                    : this({{Services}}.ModelStore<{{name}}>.Initialize(seed, width))
                {
                }

                """);
        }

        code.Line($$"""
            /// <summary>Reads a model from a safetensors file.</summary>
            /// <param name="path">A file that <see cref="Save"/> or PyTorch wrote.</param>
            /// <param name="width">The vector width of its kernels.</param>
            /// <exception cref="global::FastRnn.Files.ModelFileException">The file is broken, or of another model.</exception>
            public static {{name}} Load(string path, {{Width}} width = {{Width}}.Auto) =>
                new({{Services}}.ModelStore<{{name}}>.Load(path, width));

            /// <summary>Reads a model from a safetensors file whose tensors have other names.</summary>
            /// <param name="path">A file that any program wrote.</param>
            /// <param name="names">What the model's tensors are called in it.</param>
            /// <param name="width">The vector width of its kernels.</param>
            /// <exception cref="global::FastRnn.Files.ModelFileException">The file is broken, or of another model.</exception>
            public static {{name}} Load(string path, global::FastRnn.Files.TensorNames names, {{Width}} width = {{Width}}.Auto) =>
                new({{Services}}.ModelStore<{{name}}>.Load(path, names, width));

            /// <summary>Writes the parameters as safetensors, under PyTorch's names; the file is replaced as a whole or not at
            /// all.</summary>
            /// <param name="path">The file.</param>
            /// <param name="metadata">Texts to keep with it.</param>
            /// <param name="format">How matrices are stored that kernels multiply.</param>
            public void Save(
                string path, global::System.Collections.Generic.IReadOnlyDictionary<string, string>? metadata = null,
                global::FastRnn.WeightFormat format = global::FastRnn.WeightFormat.Float32) =>
                {{Field}}.Save(path, metadata, format);

            /// <summary>The vector width of its kernels.</summary>
            public {{Width}} Width => {{Field}}.Width;

            /// <summary>All learned numbers, layer by layer in declared order; an embedding comes first. The span stays valid
            /// as long as it is reachable.</summary>
            public global::System.ReadOnlySpan<float> Parameters => {{Field}}.Parameters;

            /// <summary>One parameter of a layer, row-major.</summary>
            /// <param name="layer">The layer's index.</param>
            /// <param name="name">The field's name in the cell.</param>
            public global::System.ReadOnlySpan<float> Parameter(int layer, string name) => {{Field}}.Parameter(layer, name);

            /// <summary>Lets parameters be changed until the end of a <c>using</c>.</summary>
            public global::FastRnn.ParameterEdit Edit() => {{Field}}.Edit();

            /// <summary>A session for inference: the state of some streams.</summary>
            /// <param name="options">The number of streams stepped together, workers, and how weights are kept.</param>
            public global::FastRnn.Inference.Session<{{name}}> CreateSession(global::FastRnn.RunOptions? options = null) =>
                new(this, options);

            /// <summary>A predictor: inference over whole sequences, of one length or of many.</summary>
            /// <param name="options">The most sequences and steps of a call.</param>
            public global::FastRnn.Inference.Predictor<{{name}}> CreatePredictor(global::FastRnn.RunOptions options) => new(this, options);

            /// <summary>A generator: sequences whose outputs are fed back, until END or a cap.</summary>
            /// <param name="options">The most sequences that are made together.</param>
            public global::FastRnn.Inference.SequenceGenerator<{{name}}> CreateGenerator(global::FastRnn.RunOptions? options = null) =>
                new(this, options);

            /// <summary>A trainer, which owns the tape, the gradients and the optimizer's state.</summary>
            /// <param name="options">Batch size, sequence length, optimizer, clipping.</param>
            public global::FastRnn.Training.Trainer<{{name}}> CreateTrainer(global::FastRnn.Training.TrainerOptions options) =>
                new(this, options);

            /// <summary>An evaluator: the declared loss without training.</summary>
            /// <param name="options">The most sequences and steps of a call.</param>
            public global::FastRnn.Training.Evaluator<{{name}}> CreateEvaluator(global::FastRnn.RunOptions options) => new(this, options);

            /// <summary>Nothing new can be made of the model; its memory goes back when the last session, predictor or trainer over it
            /// is disposed of.</summary>
            public void Dispose() => {{Field}}.Dispose();

            /// <inheritdoc />
            {{Services}}.ModelStore<{{name}}> global::FastRnn.IModel<{{name}}>.Store => {{Field}};

            static {{name}} global::FastRnn.IModel<{{name}}>.Create({{Services}}.ModelStore<{{name}}> store) => new(store);

            """);
    }

    /// <summary>Kernels are chosen in another file, which an editor leaves out: what is not there is not called.</summary>
    public static void Dispatch(CodeWriter code, string name, string direction) => code.Line($$"""
        static void global::FastRnn.IModel<{{name}}>.{{direction}}(int layer, {{Width}} width, in {{Services}}.LayerCall call) =>
            {{DispatchEmitter.Method(direction)}}(layer, width, in call);

        {{DispatchEmitter.Signature(direction)}};

        """);
}
