namespace FastRnn.Compiler.Tests;

/// <summary>What is wrong with a declaration comes back as data, with its place.</summary>
public class DiagnosticTests
{
    [Fact]
    public void What_the_generator_refuses_has_its_line_and_column()
    {
        const string text = """
            using FastRnn;
            using FastRnn.Cells;

            [Model, Input(3)]
            [Layer<Lstm>(8)]
            [Dense(2), Dense(0)]
            [MeanSquaredError]
            public sealed partial class Net;
            """;
        var error = Assert.Throws<CompilationException>(() => ModelCompiler.Compile(text, Texts.NoCache with { Path = "net.cs" }));
        var diagnostic = Assert.Single(error.Diagnostics);
        Assert.StartsWith("FRNN", diagnostic.Id, StringComparison.Ordinal);
        Assert.Equal(
            (CompileSeverity.Error, "net.cs", 6, 18), (diagnostic.Severity, diagnostic.Path, diagnostic.Line, diagnostic.Column));
        Assert.StartsWith($"net.cs(6,18): error {diagnostic.Id}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_compiler_refuses_comes_in_the_order_of_the_places_and_without_an_exception()
    {
        var text = Texts.Small().Replace("class Small;", "class Small { int X => y; string Z => 3; }", StringComparison.Ordinal);
        Assert.False(ModelCompiler.TryCompile(text, Texts.NoCache, out var compiled, out var diagnostics));
        Assert.Null(compiled);
        Assert.Equal(["CS0103", "CS0029"], diagnostics.Where(d => d.Severity == CompileSeverity.Error).Select(d => d.Id));
        Assert.All(diagnostics, d => Assert.Equal(5, d.Line));
    }

    [Fact]
    public void What_a_cell_may_not_say_stands_at_its_equation()
    {
        const string text = """
            using FastRnn;
            using FastRnn.Language;

            [Cell]
            public sealed partial class Odd
            {
                private readonly Mat<Hidden, Input> W;

                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
                {
                    System.Console.WriteLine(x);
                    return W * x;
                }
            }

            [Model, Input(3), Layer<Odd>(4), MeanSquaredError]
            public sealed partial class Net;
            """;
        Assert.False(ModelCompiler.TryCompile(text, Texts.NoCache, out _, out var diagnostics));
        Assert.Contains(diagnostics, d => d.Severity == CompileSeverity.Error && d.Line == 11);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("// nothing")]
    [InlineData("public class NoModel;")]
    public void A_text_without_a_model(string text)
    {
        Assert.False(ModelCompiler.TryCompile(text, Texts.NoCache, out _, out var diagnostics));
        Assert.Equal("error FRNNC01: Expected a class with [Model], got none.", Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void Two_models_in_one_text_need_a_name()
    {
        var text = Texts.Small()
            + "\nnamespace Other { [Model, Input(1), Layer<Elman>(3), MeanSquaredError] public sealed partial class Second; }";
        Assert.False(ModelCompiler.TryCompile(text, Texts.NoCache, out _, out var diagnostics));
        Assert.Equal("FRNNC02", Assert.Single(diagnostics).Id);
        Assert.Contains("Other.Second, Small", diagnostics[0].Message, StringComparison.Ordinal);

        foreach (var name in new[] { "Second", "Other.Second" })
        {
            using var second = ModelCompiler.Compile(text, Texts.NoCache with { Model = name });
            Assert.Equal("Second", second.Info.Name);
        }

        Assert.False(ModelCompiler.TryCompile(text, Texts.NoCache with { Model = "Third" }, out _, out diagnostics));
        Assert.Equal(
            "error FRNNC01: Expected a class Third with [Model], got Other.Second, Small.", Assert.Single(diagnostics).ToString());
    }

    [Theory]
    [InlineData("[Weights(\"a.safetensors\")]\n[Model,", 1, 1)]
    [InlineData("[Model, FastRnn.Weights(\n\"a.safetensors\", Width = 256),", 1, 9)]
    [InlineData("[Model]\n  [global::FastRnn.WeightsAttribute(\"a\")]\n[", 2, 3)]
    public void Weights_are_passed_over_and_nothing_moves(string begin, int line, int column)
    {
        var text = Texts.Small().Replace("[Model,", begin, StringComparison.Ordinal);
        using var declaration = ModelCompiler.Compile(text, Texts.NoCache);
        var warning = Assert.Single(declaration.Diagnostics);
        Assert.Equal(("FRNNC03", CompileSeverity.Warning, line + 3, column), (warning.Id, warning.Severity, warning.Line, warning.Column));

        var wrong = text.Replace("class Small;", "class Small { int X => y; }", StringComparison.Ordinal);
        Assert.False(ModelCompiler.TryCompile(wrong, Texts.NoCache, out _, out var diagnostics));
        Assert.Equal(
            text.Split('\n').Length, Assert.Single(diagnostics, d => d.Severity == CompileSeverity.Error).Line);
    }

    [Fact]
    public void A_warning_stands_with_the_model()
    {
        var text = Texts.Small().Replace("class Small;", "class Small { public void Unused() { int x; } }", StringComparison.Ordinal);
        using var declaration = ModelCompiler.Compile(text, Texts.NoCache);
        var warning = Assert.Single(declaration.Diagnostics);
        Assert.Equal(("CS0168", CompileSeverity.Warning, 5), (warning.Id, warning.Severity, warning.Line));
    }
}
