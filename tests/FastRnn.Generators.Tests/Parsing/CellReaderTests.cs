using FastRnn.Generators.Analysis;
using FastRnn.Generators.Parsing;
using FastRnn.Generators.Tests.Fuzz;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Parsing;

public class CellReaderTests
{
    [Fact]
    public void A_recorded_source_gives_the_same_graph_as_the_class()
    {
        var random = new Random(6);
        var source =
            Sources.Lstm + Sources.Projected + string.Concat(Enumerable.Range(0, 60).Select(i => RandomCell.Write(random, $"C{i}").Text));

        var outcomes = Pipeline.Cells(source);

        Assert.Equal(62, outcomes.Count);
        Assert.All(outcomes, outcome =>
        {
            var read = CellReader.Read(outcome.Key, outcome.Members!.Source!, out _);
            Assert.Equal(outcome.Graph, CellAnalyzer.Analyze(read!).Graph);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("class A { } class B { }")]
    [InlineData("class A { Vec<Hidden> Step(")]
    [InlineData("class A { int n; Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => h; }")]
    [InlineData("class A { Mat<Hidden> W; Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => h; }")]
    [InlineData("class A { A() { } Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => h; }")]
    [InlineData("class A { Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => Other.Tanh(h); }")]
    [InlineData("[StoredTensor(5)] class A { Vec<Hidden> b; Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => h; }")]
    [InlineData("class A { [Initialize(5)] Vec<Hidden> b; Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => h; }")]
    [InlineData("class A { Vec<Hidden> b, b; Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => h; }")]
    public void A_recorded_source_that_is_no_cell_is_refused(string source)
    {
        Assert.Null(CellReader.Read("A", source, out var problem));
        Assert.NotEqual("", problem);
    }

    [Theory]
    [InlineData("FRNN026", "h = W * h; return h;")]
    [InlineData("FRNN026", "h = h + x; return h;")]
    [InlineData("FRNN026", "h = Min(h, x); return h;")]
    [InlineData("FRNN026", "h = Tanh(1) * h; return h;")]
    [InlineData("FRNN026", "h = x; return h;")]
    [InlineData("FRNN026", "Vec<Input> a = h; return h;")]
    [InlineData("FRNN026", "double a = h; return h;")]
    [InlineData("FRNN026", "return x;")]
    [InlineData("FRNN026", "return 1.0;")]
    [InlineData("FRNN027", "h = -W; return h;")]
    [InlineData("FRNN027", "h = h * W; return h;")]
    [InlineData("FRNN027", "h = W * 2; return h;")]
    [InlineData("FRNN027", "h = Tanh(W); return h;")]
    [InlineData("FRNN023", "h = unknown; return h;")]
    [InlineData("FRNN023", "unknown = h; return h;")]
    [InlineData("FRNN023", "h = Tanh(h); unknown += h; return h;")]
    [InlineData("FRNN012", "return (h, h);")]
    public void What_no_compiler_has_checked_analysis_checks(string id, string body)
    {
        var cell = CellReader.Read(
            "A", $"class A {{ Mat<Hidden, Input> W; Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) {{ {body} }} }}", out _);

        var outcome = CellAnalyzer.Analyze(cell!);

        Assert.Null(outcome.Graph);
        Assert.Equal(id, Assert.Single(outcome.Problems).Id);
    }

    [Fact]
    public void A_cell_of_another_assembly_becomes_a_layer()
    {
        var library = Compile.Library("Cells", [Compile.Usings + "namespace Some.Cells;\n" + Sources.Projected]);
        Compile.Driver().RunGeneratorsAndUpdateCompilation(library, out var withSource, out _);
        var user = Compile.Library("Test", [
            Compile.Usings + "[Model, Input(3), Layer<Some.Cells.Projected>(4, 5), Dense(2)] public sealed partial class M;",
        ], withSource.ToMetadataReference());

        var result = Compile.Generate(user);

        Assert.Empty(result.Diagnostics);
        var model = ((ModelOutcome)result.TrackedSteps[Steps.ModelOutcomes].Single().Outputs.Single().Value).Graph!;
        Assert.Equal("Some.Cells.Projected", model.Layers[0].Cell.TypeName);
        Assert.Equal("Projected", model.Layers[0].Cell.Name);
        Assert.Equal((5, 5), (model.Layers[0].OutputSize, model.Layers[1].InputSize));
    }
}
