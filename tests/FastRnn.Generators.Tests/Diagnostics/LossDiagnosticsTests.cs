using System.Globalization;

namespace FastRnn.Generators.Tests.Diagnostics;

public class LossDiagnosticsTests
{
    private const string Right = "public Vec<Target> Step(Vec<Target> z, Vec<Target> y) => Mean(Square(z - y));";

    [Theory]
    [InlineData("[Cell, Loss] public sealed partial class [|Wrong|] { private readonly Vec<Hidden> b; %}", "[Cell]")]
    [InlineData("[Model, Input(2), Dense(2), Loss] public sealed partial class [|Wrong|] { %}", "[Model]")]
    public void A_class_is_a_loss_or_something_else(string declaration, string other)
    {
        var diagnostic = DiagnosticCase.Check("FRNN009", declaration.Replace("%", Right, StringComparison.Ordinal));
        Assert.Contains(other, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public Vec<Target> [|Step|](Vec<Target> y) => Sum(y);")]
    [InlineData("public Vec<Target> Step([|Vec<Hidden>|] z, Vec<Target> y) => Sum(y);")]
    [InlineData("public Vec<Target> Step(Vec<Target> z, [|double|] y) => Sum(z);")]
    [InlineData("public [|double|] Step(Vec<Target> z, Vec<Target> y) => 1.0;")]
    [InlineData("public static Vec<Target> [|Step|]<T>(Vec<Target> z, Vec<Target> y) => Sum(z * y);")]
    [InlineData("public Vec<Target> Step([|ref Vec<Target> z|], Vec<Target> y) => Sum(z * y);")]
    [InlineData("public Vec<Target> Step(Vec<Target> z, Vec<Target> [|y|]) => Sum(z);")]
    [InlineData("public Vec<Target> Step(Vec<Target> z, Vec<Target> y) => Sum(z * y); public void [|Step|]() { }")]
    public void Its_Step_takes_outputs_and_targets(string step) => Check("FRNN017", step);

    [Fact]
    public void It_has_a_Step() => DiagnosticCase.Check("FRNN017", "[Loss] public sealed partial class [|Wrong|];");

    [Theory]
    [InlineData("public Vec<Target> Step(Vec<Target> z, Vec<Target> y) => [|Square(z - y)|];")]
    [InlineData("public Vec<Target> Step(Vec<Target> z, Vec<Target> y) { var d = Mean(z - y) * z; return [|d|]; }")]
    public void It_is_one_number(string step) => Check("FRNN018", step);

    [Theory]
    [InlineData("private readonly Vec<Target> [|w|] = null!;")]
    [InlineData("private double [|last|];")]
    [InlineData("[|public Wrong(int x) { }|]")]
    public void It_learns_nothing(string member) => Check("FRNN019", Right + member);

    [Fact]
    public void Constants_are_numbers_and_what_stands_outside_of_the_language_is_said() => Check(
        "FRNN022",
        "private const double C = 2; public Vec<Target> Step(Vec<Target> z, Vec<Target> y) => Mean(C * z - ([|true ? y : y|]));");

    [Fact]
    public void A_model_names_a_loss() => DiagnosticCase.Check(
        "FRNN029", "[Model, Input(2), Dense(2), Loss<[|string|]>] public sealed partial class Wrong;");

    [Fact]
    public void A_model_has_outputs_for_each_vector() => DiagnosticCase.Check(
        "FRNN039", """
        [Model, Input(2), Dense(5), Loss<[|Two|]>] public sealed partial class Wrong;
        [Loss] public sealed partial class Two
        {
            public Vec<Target> Step(Vec<Target> a, Vec<Target> b, Vec<Target> y) => Sum(a * b * y);
        }
        """);

    [Fact]
    public void What_a_softmax_puts_out_is_no_output_of_a_layer() => DiagnosticCase.Check(
        "FRNN050", """
        [Model, Input(2), Dense(5, Activation = [|DenseActivation.Softmax|]), Loss<One>] public sealed partial class Wrong;
        [Loss] public sealed partial class One { public Vec<Target> Step(Vec<Target> z, Vec<Target> y) => Sum(z * y); }
        """);

    private static void Check(string id, string members) =>
        DiagnosticCase.Check(id, $"[Loss] public sealed partial class Wrong {{ {members} }}");
}
