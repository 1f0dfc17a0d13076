namespace FastRnn.Generators.Tests.Diagnostics;

public class ExpressionDiagnosticsTests
{
    [Theory]
    [InlineData("[|Help|](h)")]
    [InlineData("[|this.Help|](h)")]
    [InlineData("[|Other.Tanh|](h)")]
    [InlineData("[|System.Math.Sqrt|](2.0) * h")]
    public void Calls_are_functions_of_the_language(string call) =>
        DiagnosticCase.Step(
            "FRNN021", Step(call), members: "private Vec<Hidden> Help(Vec<Hidden> v) => v;",
            before: "static class Other { public static Vec<Hidden> Tanh(Vec<Hidden> v) => v; }");

    [Theory]
    [InlineData("([|h is null ? h : h|])")]
    [InlineData("[|h[0]|] * h")]
    [InlineData("[|(double)2|] * h")]
    [InlineData("([|2 % 3|]) * h")]
    [InlineData("([|h = h * 2|])")]
    [InlineData("[|+2|] * h")]
    [InlineData("[|h!|]")]
    [InlineData("[|'a'|] * h")]
    [InlineData("[|System.Math.PI|] * h")]
    [InlineData("[|new Vec<Hidden>()|]")]
    [InlineData("[|h.ToArray().Length|] * h")]
    [InlineData("Min(h, [|b: h|])")]
    public void Expressions_are_names_numbers_operators_and_functions(string expression) =>
        DiagnosticCase.Step("FRNN022", Step(expression));

    [Fact]
    public void A_parameter_has_a_name_alone() => Assert.EndsWith(
        "write 'b' alone",
        DiagnosticCase.Step("FRNN022", Step("[|this.b|]"), members: "private readonly Vec<Hidden> b;")
            .GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [Theory]
    [InlineData("[|Half|] * h")]
    [InlineData("[|Scale|] * h")]
    public void Names_are_variables_states_and_parameters(string expression) =>
        DiagnosticCase.Step(
            "FRNN023", Step(expression), members: "private static double Scale => 2;",
            before: "using static Numbers; static class Numbers { public const double Half = 0.5; }");

    [Theory]
    [InlineData("([|1 / 2|]) * h")]
    [InlineData("([|(1 + 2) / 2|]) * h")]
    public void Integers_are_not_divided(string expression) => DiagnosticCase.Step("FRNN024", Step(expression));

    [Theory]
    [InlineData("[|1e300 * h|]")]
    [InlineData("([|h + 1.0 / 0|])")]
    [InlineData("[|9007199254740993 * h|]")]
    public void Numbers_fit_into_a_float(string expression) => DiagnosticCase.Step("FRNN025", Step(expression));

    [Fact]
    public void A_matrix_is_nothing_but_the_left_side_of_a_product() =>
        DiagnosticCase.Step("FRNN027", "public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { var A = [|W|]; h = A * x + h; return h; }");

    [Fact]
    public void An_expression_has_a_reasonable_depth()
    {
        var sum = string.Concat(Enumerable.Repeat(" + h", 300));
        var result = Harness.Compile.Generate($"[Cell] public sealed partial class Wrong {{ Mat<Hidden, Input> W; {Step("h" + sum)} }}");

        Assert.Equal("FRNN028", Assert.Single(result.Diagnostics).Id);
    }

    private static string Step(string expression) => $"public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + {expression};";
}
