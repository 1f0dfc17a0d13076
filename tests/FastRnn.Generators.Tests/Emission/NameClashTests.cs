using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Tests.Emission;

/// <summary>Names of the user's own project do not meet those of emitted code.</summary>
public sealed class NameClashTests
{
    private const string Declarations = """
        namespace Mine.System { public class Own; }
        namespace Mine
        {
            public class Activation; public class Simd; public class Isa; public class Floats; public class LayerCall; public class Math;
            public class MethodImpl; public class MethodImplOptions; public class Session<T>; public class Trainer<T>;
            public class TrainerOptions;
            public class Model; public class Model<T>; public interface IModel<T>; public class ModelStore<T>;
            public class RunOptions; public class ParameterEdit;
            public class Inputs; public class Targets; public class Predictor<T>; public class SequenceGenerator<T>;
            public class Evaluator<T>;
            public class IVectorModel; public class EmbeddedWeights; public class ModelFileException; public class ReadOnlySpan<T>;
            public class ModelInfo; public class ModelFile; public class SimdWidth; public class FastRnn;
            public enum Reduction; public enum Initializer; public enum InputKind; public enum OperandKind;
            public enum LossKind; public enum DenseActivation;

            public partial class Outer
            {
                private static int Simd => 0;
                private static int Floats => 0;
                [global::FastRnn.Model, global::FastRnn.Input(3), global::FastRnn.Layer<Cells.Lstm>(4)]
                [global::FastRnn.Dense(2), global::FastRnn.MeanSquaredError]
                public sealed partial class Deep 
                {
                    public int Store => 0;
                    public int Model => 0;
                    public int Weights => 0;
                    public int Session => 0;
                    public int Create => 0;
                    public static void Forward() { }
                    public static void Backward(int layer) { }
                    public class ModelStore;
                    public class RunOptions;
                    public class SimdWidth;
                }
            }
        }

        """;

    [Fact]
    public void Emitted_code_compiles_among_types_of_every_name_that_it_uses()
    {
        var cell =
            "namespace Cells {\nusing FastRnn; using FastRnn.Language; using static FastRnn.Language.Functions;\n" + Sources.Lstm + "\n}";
        Assert.Empty(Errors(Declarations + cell));
    }

    [Fact]
    public void Cells_of_one_name_have_kernels_of_their_own()
    {
        const string Mini = """
            namespace {0}
            {
                using FastRnn; using FastRnn.Language; using static FastRnn.Language.Functions;
                [Cell] public sealed partial class {1}
                {
                    private readonly Mat<Hidden, Input> W;
                    private readonly Mat<Hidden, Hidden> U;
                    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { h = {2}(W * x + U * h); return h; }
                }
            }

            """;
        string Cell(string where, string name, string function) => Mini.Replace("{0}", where).Replace("{1}", name).Replace("{2}", function);
        var source = Cell("First", "Mini", "Tanh") + Cell("Second", "Mini", "Sigmoid") + Cell("Third", "MINI", "Relu")
            + Cell("Fourth", "Dense", "Tanh")
            + "[FastRnn.Model, FastRnn.Input(8), FastRnn.Layer<First.Mini>(8), FastRnn.Layer<Second.Mini>(8), "
            + "FastRnn.Layer<Third.MINI>(8), "
            + "FastRnn.Layer<Fourth.Dense>(8), FastRnn.Dense(8), FastRnn.Layer<First.Mini>(8)] public sealed partial class Mixed;";
        var compilation = Compile.Library("Test", [source]);
        Assert.Empty(Errors(source));
        var kernels = Compile.Generate(compilation).GeneratedSources
            .Where(s => s.HintName.Contains("W512", StringComparison.Ordinal)).ToDictionary(s => s.HintName, s => s.SourceText.ToString());
        Assert.Equal(5, kernels.Count);
        foreach (var function in new[] { "Tanh", "Sigmoid", "Relu" })
        {
            Assert.Contains(kernels.Values, text => text.Contains($"Activation.{function}<", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Equal_layers_of_models_of_an_assembly_share_their_kernels()
    {
        var source = Compile.Usings + Sources.Elman
            + "[Model, Input(2), Layer<Elman>(3), Dense(4)] public sealed partial class First;"
            + "[Model, Input(2), Layer<Elman>(3), Layer<Elman>(3), Dense(5)] public sealed partial class Second;"
            + "[Model, Input(2), Layer<Elman>(3), Dense(4, Activation = DenseActivation.Tanh)] public sealed partial class Third;";

        var result = Compile.Generate(Compile.Library("Test", [source]));

        Assert.Empty(Errors(source));
        Assert.Equal(
            ["DenseTanh_3x4.W128.g.cs", "Dense_3x4.W128.g.cs", "Dense_3x5.W128.g.cs", "Elman_2x3.W128.g.cs", "Elman_3x3.W128.g.cs"],
            result.GeneratedSources.Select(s => s.HintName).Where(name => name.Contains("W128", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Errors(string source)
    {
        Compile.Driver().RunGeneratorsAndUpdateCompilation(Compile.Library("Test", [source]), out var compilation, out var problems);
        return problems.Concat(compilation.GetDiagnostics()).Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => d.ToString());
    }
}
