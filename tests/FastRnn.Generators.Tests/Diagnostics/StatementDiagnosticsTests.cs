using System.Globalization;

namespace FastRnn.Generators.Tests.Diagnostics;

public class StatementDiagnosticsTests
{
    [Theory]
    [InlineData("[|if (h is null) { }|]")]
    [InlineData("[|if (h is not null) return h;|]")]
    [InlineData("[|for (var i = 0; i < 2; i++) { h = h + 1; }|]")]
    [InlineData("[|;|]")]
    [InlineData("[|{ h = h + 1; }|]")]
    [InlineData("[|Tanh(h);|]")]
    [InlineData("[|var (p, (q, r)) = (h, (h, h));|]")]
    [InlineData("[|var (p, _) = (h, h);|]")]
    [InlineData("[|(h, _) = (h, h);|]")]
    [InlineData("[|h ??= W * x;|]")]
    [InlineData("[|string|] s = \"\";")]
    [InlineData("[|Vec<Hidden> a;|]")]
    [InlineData("[|Vec<Hidden> F(Vec<Hidden> v) => v;|]")]
    [InlineData("[|using var s = new System.IO.MemoryStream();|]")]
    [InlineData("[|int|] two = 2;")]
    [InlineData("var [|two|] = 2;")]
    [InlineData("var [|half|] = 0.5f;")]
    public void Statements_are_declarations_and_assignments(string statement) =>
        DiagnosticCase.Step("FRNN020", Step($"{statement} h = W * x + h; return h;"));

    [Theory]
    [InlineData("[|h ??= W * x;|]", "not the assignment 'h ??='")]
    [InlineData("[|var (p, _) = (h, h);|]", "not an assignment of a tuple other than '(a, b) = (c, d)'")]
    [InlineData("[|Vec<Hidden> a;|]", "not a declaration without a value")]
    [InlineData("[|float|] k = 0.5f;", "not a variable of type float: numbers are double")]
    [InlineData("[|System.Func<Vec<Hidden>, Vec<Hidden>>|] f = v => Tanh(v); h = f(h);",
        "not a variable of type System.Func<Vec<Hidden>, Vec<Hidden>>")]
    [InlineData("[|Vec<Hidden> F(Vec<Hidden> v) => Tanh(v);|] h = F(h);", "not a local function")]
    public void A_refused_statement_is_called_what_it_is(string statement, string words) => Assert.Contains(
        words, DiagnosticCase.Step("FRNN020", Step($"{statement} h = W * x + h; return h;")).GetMessage(CultureInfo.InvariantCulture),
        StringComparison.Ordinal);

    [Fact]
    public void A_parameter_is_not_assigned() =>
        DiagnosticCase.Step("FRNN020", Step("[|b|] = b * 2; h = W * x + b; return h;"), members: "private Vec<Hidden> b;");

    [Fact]
    public void Each_mistake_is_reported_where_it_stands()
    {
        var result = Harness.Compile.Generate($$"""
            [Cell] public sealed partial class Wrong
            {
                private readonly Mat<Hidden, Input> W;
                {{Step("while (false) { } h = h![0] * h + h[1] * h; ; return System.Math.Abs(1) * h;")}}
            }
            """);

        Assert.Equal(["FRNN020", "FRNN022", "FRNN022", "FRNN020", "FRNN021"], result.Diagnostics
            .OrderBy(d => d.Location.SourceSpan.Start).Select(d => d.Id));
    }

    [Fact]
    public void A_step_has_a_reasonable_number_of_operations()
    {
        var statements = string.Join(' ', Enumerable.Range(0, 600).Select(i => $"h = h * {i}.5 + h;"));
        DiagnosticCase.Check("FRNN028", $$"""
            [Cell] public sealed partial class [|Wrong|]
            {
                private readonly Mat<Hidden, Input> W;
                {{Step(statements + "h = W * x + h; return h;")}}
            }
            """);
    }

    [Fact]
    public void A_step_has_a_reasonable_number_of_matrix_products()
    {
        var statements = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"h = Tanh(W * x + U * h + {i});"));
        DiagnosticCase.Check("FRNN028", $$"""
            [Cell] public sealed partial class [|Wrong|]
            {
                private readonly Mat<Hidden, Input> W;
                private readonly Mat<Hidden, Hidden> U;
                {{Step(statements + "return h;")}}
            }
            """);
    }

    [Theory]
    [InlineData("var [|unused|] = Tanh(h); h = W * x + h; return h;")]
    [InlineData("var a = h; h = a + h; [|a|] = Tanh(h); h = W * x + h; return h;")]
    [InlineData("[|h|] = Tanh(h); h = W * x; return h;")]
    [InlineData("const double [|k|] = 2; h = W * x + h; return h;")]
    public void A_value_that_is_never_read_is_a_warning(string body) => DiagnosticCase.Step("FRNN032", Step(body));

    [Fact]
    public void The_input_is_used() =>
        DiagnosticCase.Check("FRNN033", """
            [Cell] public sealed partial class Wrong { public Vec<Hidden> Step(Vec<Input> [|x|], Vec<Hidden> h) => Tanh(h); }
            """);

    private static string Step(string body) => $"public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) {{ {body} }}";
}
