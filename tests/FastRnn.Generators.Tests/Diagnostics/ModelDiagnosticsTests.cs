using System.Globalization;

using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Generators.Tests.Diagnostics;

public class ModelDiagnosticsTests
{
    [Theory]
    [InlineData("FRNN040", "[Model, Layer<Elman>(3)] class [|Wrong|];")]
    [InlineData("FRNN041", "[Model, Input(3), OneHot(Vocabulary = 3), [|Input(2)|], Dense(3)] class Wrong;")]
    [InlineData("FRNN042", "[Model, Input(3), MeanSquaredError] class [|Wrong|];")]
    [InlineData("FRNN043", "[Model, Dense(3), [|Input(3)|]] class Wrong;")]
    [InlineData("FRNN043", "[Model, Input(3), Dense(3), [|OneHot(Vocabulary = 3)|]] class Wrong;")]
    [InlineData("FRNN043", "[Model, Input(3), [|MeanSquaredError|], Dense(3)] class Wrong;")]
    [InlineData("FRNN044", "[Model, Input(3), Dense(3), MeanSquaredError, [|SoftmaxCrossEntropy|]] class Wrong;")]
    public void A_model_is_an_input_then_layers_then_a_loss(string id, string source) => Check(id, source);

    [Theory]
    [InlineData("[Model, Input([|0|]), Dense(3)] class Wrong;")]
    [InlineData("[Model, Input([|65537|]), Dense(3)] class Wrong;")]
    [InlineData("[Model, Embedding(Vocabulary = [|1048577|], Size = 3), Dense(3)] class Wrong;")]
    [InlineData("[Model, Embedding(Vocabulary = 3, Size = [|-1|]), Dense(3)] class Wrong;")]
    [InlineData("[Model, OneHot(Vocabulary = [|65537|]), Dense(3)] class Wrong;")]
    [InlineData("[Model, OneHot(Vocabulary = 65536), [|Input(1)|], Dense(3)] class Wrong;")]
    [InlineData("[Model, Input(3), Layer<Elman>([|int.MinValue|])] class Wrong;")]
    [InlineData("[Model, Input(3), Layer<Projected>(3, [|0|])] class Wrong;")]
    [InlineData("[Model, Input(3), Dense([|70000|])] class Wrong;")]
    [InlineData("[Model, Input(3), [|Layer<Elman>(3, null!)|]] class Wrong;")]
    public void Sizes_have_a_range(string source) => Check("FRNN045", source);

    [Theory]
    [InlineData("[Model, Input(3), [|Layer<Projected>(3)|]] class Wrong;")]
    [InlineData("[Model, Input(3), [|Layer<Projected>(3, 4, 5)|]] class Wrong;")]
    [InlineData("[Model, Input(3), [|Layer<Elman>(3, 4)|]] class Wrong;")]
    public void A_layer_gives_the_sizes_that_its_cell_asks_for(string source) => Check("FRNN046", source);

    [Fact]
    public void A_model_has_less_than_a_billion_parameters() =>
        Check("FRNN047", "[Model, Embedding(Vocabulary = 1048576, Size = 1024), Dense(1)] class [|Wrong|];");

    [Fact]
    public void A_layer_has_less_than_a_billion_packed_weights() =>
        Check("FRNN047", "[Model, Input(16383), [|Dense(65535)|]] class Wrong;");

    [Theory]
    [InlineData("[Model, Input(3), Layer<[|string|]>(3)] class Wrong;")]
    [InlineData("[Model, Input(3), Layer<[|int[]|]>(3)] class Wrong;")]
    [InlineData("[Model, Input(3), FastRnn.Layer<[|System.Collections.Generic.List<int>|]>(3)] class Wrong;")]
    public void A_layer_names_a_cell(string source) => Check("FRNN048", source);

    [Theory]
    [InlineData("FRNN050", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.Tanh|]), SoftmaxCrossEntropy] class Wrong;")]
    [InlineData("FRNN050", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.Sigmoid|]), SigmoidBinaryCrossEntropy] class Wrong;")]
    [InlineData("FRNN050", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.Softmax|]), MeanSquaredError] class Wrong;")]
    [InlineData("FRNN050", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.Softmax|]), MeanAbsoluteError] class Wrong;")]
    [InlineData("FRNN050", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.Softmax|]), Huber] class Wrong;")]
    [InlineData("FRNN050", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.LogSoftmax|]), Quantile(0.5)] class Wrong;")]
    [InlineData("FRNN043", "[Model, Input(3), [|Quantile(0.5)|], Dense(3)] class Wrong;")]
    [InlineData("FRNN044", "[Model, Input(3), Dense(3), MeanAbsoluteError, [|Huber|]] class Wrong;")]
    [InlineData("FRNN052", "[Model, Input(3), Dense(3), [|Huber(Reduction = (Reduction)9)|]] class Wrong;")]
    [InlineData("FRNN051", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.Softmax|]), Dense(2)] class Wrong;")]
    [InlineData("FRNN050", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.LogSoftmax|]), MeanSquaredError] class Wrong;")]
    [InlineData("FRNN050", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.LogSoftmax|]), SoftmaxCrossEntropy] class Wrong;")]
    [InlineData("FRNN051", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.LogSoftmax|]), Layer<Elman>(2)] class Wrong;")]
    [InlineData("FRNN052", "[Model, Input(3), Dense(3, Activation = [|(DenseActivation)99|])] class Wrong;")]
    [InlineData("FRNN052", "[Model, Input(3), Dense(3), [|MeanSquaredError(Reduction = (Reduction)9)|]] class Wrong;")]
    public void Activations_and_losses_go_together(string id, string source) => Check(id, source);

    [Theory]
    [InlineData("")]
    [InlineData("\"no cell\"")]
    [InlineData("\"class Foreign { Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x; }\"")]
    public void A_cell_of_another_assembly_needs_its_source(string source)
    {
        var record = source.Length == 0 ? "" : $"[assembly: FastRnn.CompilerServices.CellSource(typeof(Foreign), {source})]";
        var foreign = Compile.Library("Foreign", [Compile.Usings + record + "[Cell] public sealed partial class Foreign;"]);
        var user = Compile.Library(
            "Test", [Compile.Usings + "[Model, Input(3), Layer<Foreign>(3)] public sealed partial class Wrong;"],
            foreign.ToMetadataReference());

        var diagnostic = Assert.Single(Compile.Generate(user).Diagnostics);

        Assert.Equal("FRNN049", diagnostic.Id);
        Assert.Equal("Foreign", diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, 7));
    }

    [Fact]
    public void A_model_of_a_wrong_cell_is_silent()
    {
        var result = Compile.Generate("""
            [Cell] public sealed partial class Broken;
            [Model, Input(3), Layer<Broken>(3)] public sealed partial class Wrong;
            """);

        Assert.Equal("FRNN010", Assert.Single(result.Diagnostics).Id);
    }

    private static string Whole(string source) => source.Replace("] class", "] public sealed partial class", StringComparison.Ordinal);

    private static void Check(string id, string source) =>
        DiagnosticCase.Check(id, Sources.Elman + Sources.Projected + Whole(source));

    [Fact]
    public void A_project_without_unsafe_code_is_told_what_to_write()
    {
        var library = Compile.Library("[Model, Input(3), Dense(3)] public sealed partial class Fast;");
        var result = Compile.Generate(library.WithOptions(((CSharpCompilationOptions)library.Options).WithAllowUnsafe(false)));
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal("FRNN053", problem.Id);
        Assert.Contains(
            "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>", problem.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal("Fast", problem.Location.SourceTree!.GetText().ToString(problem.Location.SourceSpan));
        Assert.Equal(["Fast.g.cs", "FastRnn-problems.g.cs"], result.GeneratedSources.Select(s => s.HintName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("FRNN054", "[Model, Input(3), Dense(3)] class Wrong { [|public Wrong(int size) { }|] }")]
    [InlineData("FRNN054", "[Model, Input(3), Dense(3)] class Wrong[|(int size)|] { public int Size => size; }")]
    [InlineData("FRNN054", "[Model, Input(3), Dense(3)] class Wrong { [|public void Save(string path) { }|] }")]
    [InlineData("FRNN054", "[Model, Input(3), Dense(3)] class Wrong { [|public int Info => 3;|] }")]
    [InlineData("FRNN054", "[Model, Input(3), Dense(3)] class Wrong { [|private static int a, Load;|] }")]
    [InlineData("FRNN054", "[Model, Input(3), Dense(3)] class Wrong { [|public System.Action? Edit;|] }")]
    [InlineData("FRNN054", "[Model, Input(3), Dense(3)] class Wrong { [|public delegate void Width();|] }")]
    [InlineData("FRNN054", "[Model, Input(3), Dense(3)] class Wrong { [|public event System.Action? Parameters;|] }")]
    [InlineData("FRNN054", "[Model, Input(3), Dense(3)] class Wrong { [|public event System.Action Dispose { add { } remove { } }|] }")]
    [InlineData("FRNN054", "[Model, Input(3), Dense(3)] class [|Info|];")]
    public void What_FastRnn_writes_cannot_be_declared(string id, string source) => Check(id, source);

    [Fact]
    public void Every_member_that_FastRnn_writes_is_known()
    {
        var source = Compile.Usings + "[Model, Input(3), Dense(3)] public sealed partial class Plain;";
        Compile.Driver().RunGeneratorsAndUpdateCompilation(Compile.Library("Test", [source]), out var whole, out _);
        var members = whole.GetTypeByMetadataName("Plain")!.GetMembers()
            .Where(m => !m.IsImplicitlyDeclared && m.CanBeReferencedByName).Select(m => m.Name).Distinct().ToList();

        Assert.Contains("CreateEvaluator", members);
        Assert.All(members, name => Check("FRNN054", $"[Model, Input(3), Dense(3)] class Wrong {{ [|public int {name} => 3;|] }}"));
    }
}
