using FastRnn.Compiler;
using FastRnn.Files;
using FastRnn.Interchange.Export;
using FastRnn.Interchange.Running;

namespace FastRnn.Interchange.Tests.Export;

/// <summary>Models of everything that can be exported, and of what cannot, compiled once, with random weights in all parameters.</summary>
internal static class ExportModels
{
    private const string Source = """
        using FastRnn;
        using FastRnn.Cells;
        using FastRnn.Language;

        using static FastRnn.Language.Functions;

        namespace Exported;

        [Cell]
        public sealed partial class Own
        {
            private readonly Mat<Hidden, Input> W, V;
            private readonly Mat<Hidden, Hidden> U;
            private readonly Vec<Hidden> a, b;

            public (Vec<Hidden> h, Vec<Hidden> s) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> s)
            {
                var u = LeakyRelu(W * x + b) - HardSigmoid(U * h) / (1 + Exp(-s));
                var v = HardTanh(V * x) + Min(u, 0.3) * Max(a, s) + Log(1 + Square(u)) + Sqrt(Abs(u) + 0.1);
                s = 0.5 * s + Softplus(v) * 0.2 - Relu(u);
                h = Tanh(s) * Sigmoid(u) + 0.1 * LayerNorm(v) + 0.01 * Sum(u) * Mean(a);
                return (h, s);
            }
        }

        // Its states are called what Python has other uses for.
        [Cell]
        public sealed partial class Odd
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Mat<Hidden, Hidden> self, torch;

            public (Vec<Hidden> x, Vec<Hidden> lambda, Vec<Hidden> λ) Step(
                Vec<Input> u, Vec<Hidden> x, Vec<Hidden> lambda, Vec<Hidden> λ)
            {
                var nn = Tanh(W * u + self * x + torch * lambda);
                var v = Sigmoid(nn + λ);
                return (nn * v, 0.5 * (lambda - x), v);
            }
        }

        [Model, Input(5), Layer<Lstm>(6), Layer<Lstm>(4), Dense(3)]
        public sealed partial class Lstms;

        [Model, Input(5), Layer<Gru>(7), Layer<GruResetBefore>(6), Dense(4, Activation = DenseActivation.Tanh)]
        public sealed partial class Grus;

        [Model, Embedding(Vocabulary = 11, Size = 4), Layer<PeepholeLstm>(6), Dense(11, Activation = DenseActivation.Softmax)]
        public sealed partial class Peephole;

        [Model, OneHot(Vocabulary = 9), Layer<CoupledLstm>(6), Dense(9, Activation = DenseActivation.LogSoftmax)]
        public sealed partial class Coupled;

        [Model, Input(3), Layer<Elman>(5), Layer<ElmanRelu>(6), Layer<ElmanSigmoid>(7), Layer<ElmanBiasFree>(4), Layer<Irnn>(3)]
        public sealed partial class Elmans;

        [Model, Input(4), Layer<Lstm>(6, Bidirectional = true), Layer<Gru>(5, Bidirectional = true, Merge = Merge.Sum)]
        [Dense(3, Bias = false, Activation = DenseActivation.Sigmoid)]
        public sealed partial class Bidirectional;

        [Model, Input(4), Layer<Gru>(6, Bidirectional = true), Pool(Pooling.Last), Dense(2)]
        public sealed partial class PooledLast;

        [Model, Input(4), Layer<PeepholeLstm>(6, Bidirectional = true, Merge = Merge.Sum), Pool(Pooling.Last), Dense(2)]
        public sealed partial class PooledLastSum;

        [Model, Input(4), Layer<Elman>(6), Dense(5, Activation = DenseActivation.Relu), Pool(Pooling.Last), Dense(2)]
        public sealed partial class PooledDense;

        [Model, Input(4), Layer<Elman>(6, Bidirectional = true), Pool(Pooling.Mean), Dense(2)]
        public sealed partial class PooledMean;

        [Model, Input(4), Layer<Lstm>(6), Pool(Pooling.Max), Dense(2)]
        public sealed partial class PooledMax;

        [Model, Input(4), Layer<Lstm>(6, Bidirectional = true, InitialState = InitialState.Learned)]
        [Layer<MinimalGatedUnit>(5, InitialState = InitialState.Learned), Layer<Gru>(3, InitialState = InitialState.Learned)]
        public sealed partial class LearnedStates;

        [Model, Input(4), Dropout(0.3), Layer<Lstm>(6, RecurrentDropout = 0.2, InitialState = InitialState.Random), Dropout(0.5), Dense(2)]
        public sealed partial class Dropped;

        [Model, Input(4), Layer<Lstm>(6, StateZoneout = new[] { 0.1, 0.5 }), Layer<Gru>(5, Zoneout = 0.25, Bidirectional = true), Dense(2)]
        public sealed partial class Held;

        [Model, Input(4), Layer<ProjectedLstm>(8, 5), Layer<LayerNormLstm>(6), Dense(2)]
        public sealed partial class Projected;

        [Model, Input(4), Layer<MinimalGatedUnit>(5, Bidirectional = true), Layer<IndRnn>(6, Bidirectional = true, Merge = Merge.Sum)]
        [Pool(Pooling.Last)]
        public sealed partial class BidirectionalScan;

        [Model, Input(4), Layer<Jordan>(6, 3), Layer<JordanSigmoid>(5, 2), Layer<Own>(7)]
        public sealed partial class OwnCells;

        [Model, Input(4), Layer<Odd>(5), Layer<Odd>(3, Bidirectional = true), Dense(2)]
        public sealed partial class OddNames;

        [Model, Input(4), Scale(0.5), Layer<Lstm>(6, Backward = true), Activation(DenseActivation.HardTanh)]
        [Dense(3, Activation = DenseActivation.LeakyRelu), Skip, Scale(2)]
        public sealed partial class Signals;

        [Model, Embedding(Vocabulary = 12, Size = 5), Layer<Lstm>(6, Bidirectional = true), Layer<Lstm>(4, Bidirectional = true)]
        [Dense(7, Activation = DenseActivation.Softmax)]
        public sealed partial class Tagger;

        [Model, Input(4), Layer<MinimalGatedUnit>(5, Backward = true, InitialState = InitialState.Learned)]
        [Activation(DenseActivation.HardSigmoid), Layer<Gru>(4, Backward = true), Pool(Pooling.Last), Activation(DenseActivation.Softplus)]
        public sealed partial class Backwards;

        [Model, Input(4), Embedding(Vocabulary = 5, Size = 3), OneHot(Vocabulary = 3), Embedding(Vocabulary = 6, Size = 2)]
        [Layer<Gru>(6), Dense(3), Skip]
        public sealed partial class SeveralInputs;

        [Model, Input(4), Layer<Gru>(6)]
        [Output("level"), Dense(3, Activation = DenseActivation.Tanh), Dense(2), MeanSquaredError]
        [Output("kind", Weight = 0.5), Dense(3), SoftmaxCrossEntropy]
        public sealed partial class SeveralOutputs;

        [Model, Encoder, Embedding(Vocabulary = 5, Size = 3), Layer<Gru>(4), Decoder, Input(4), Layer<Gru>(4)]
        [Attention(AttentionScore.Dot), Dense(2)]
        public sealed partial class Translator;

        [Model, Input(4), Condition(3, ConditionTarget.State), Layer<Gru>(4), Dense(2)]
        public sealed partial class Conditioned;

        [Model, OneHot(Vocabulary = 40_000), Layer<Elman>(1)]
        public sealed partial class TooLarge;
        """;

    private static readonly Lazy<CompiledModels> Compiled = new(() => ModelCompiler.Compile(Source, "models.cs"));

    /// <summary>Models that can be exported.</summary>
    public static readonly string[] Names =
    [
        "Lstms", "Grus", "Peephole", "Coupled", "Elmans", "Bidirectional", "PooledLast", "PooledLastSum", "PooledDense", "PooledMean",
        "PooledMax", "LearnedStates", "Dropped", "Held", "Projected", "BidirectionalScan", "OwnCells", "Signals", "Backwards", "Tagger",
        "OddNames", "SeveralInputs", "SeveralOutputs",
    ];

    public static Type TypeOf(string name) => Compiled.Value.Models.Single(t => t.Name == name);

    /// <summary>A model with numbers from -0.7 to 0.7 in all its parameters, biases included.</summary>
    public static IRunnable Create(string name)
    {
        var model = Runnable.Create(TypeOf(name));
        var random = new Random(name.Length);
        var parameters = new float[model.Info.ParameterCount];
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] = (float)((1.4 * random.NextDouble()) - 0.7);
        var path = Path.GetTempFileName();
        try
        {
            ModelFile.Save(model.Info, parameters, path);
            model.Load(path);
            return model;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The equations of cells of these models.</summary>
    public static Func<string, CellEquations?> Equations(string name)
    {
        var cells = CellSources.Of(TypeOf(name));
        return cell => cells.Find(cell) is not { } step ? null : new(
            [.. step.Operations.Select(o => new CellOperation(o.Name, o.Variable, o.A, o.B, o.Value))], step.NewStates);
    }

    /// <summary>An exported file.</summary>
    public static byte[] Export(string name, IRunnable model, OnnxExportOptions? options = null)
    {
        using var stream = new MemoryStream();
        OnnxExport.Write(model.Info, model.Parameters, stream, options ?? new(), Equations(name));
        return stream.ToArray();
    }
}
