namespace FastRnn.Generators.Tests.Diagnostics;

public class StepSignatureDiagnosticsTests
{
    [Fact]
    public void A_cell_has_a_Step() =>
        DiagnosticCase.Check("FRNN010", "[Cell] public sealed partial class [|Wrong|] { private readonly Vec<Hidden> b; }");

    [Fact]
    public void A_cell_has_one_Step() =>
        DiagnosticCase.Step("FRNN011", """
            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + h;
            public Vec<Hidden> [|Step|](Vec<Input> x) => W * x;
            """);

    [Theory]
    [InlineData("public Vec<Hidden> [|Step|]() => null!;")]
    [InlineData("public Vec<Hidden> Step([|Vec<Hidden> x|], Vec<Hidden> h) => x + h;")]
    [InlineData("public Vec<Hidden> Step(Vec<Input> x, [|double|] h) => W * x + h;")]
    [InlineData("public Vec<Hidden> Step([|Mat<Hidden, Input>|] x, Vec<Hidden> h) => h;")]
    [InlineData("public [|double|] Step(Vec<Input> x, Vec<Hidden> h) => 1.0;")]
    [InlineData("public [|void|] Step(Vec<Input> x, Vec<Hidden> h) { h = W * x; }")]
    [InlineData("public [|Vec<Hidden>|] Step(Vec<Input> x) => W * x;")]
    [InlineData("public Vec<Hidden> Step(Vec<Input> x, [|ref Vec<Hidden> h|]) => W * x + h;")]
    [InlineData("public Vec<Hidden> Step(Vec<Input> x, [|Vec<Hidden> h = null!|]) => W * x + h;")]
    [InlineData("public static Vec<Hidden> [|Step|](Vec<Input> x, Vec<Hidden> h) => h;")]
    [InlineData("public Vec<Hidden> [|Step|]<T>(Vec<Input> x, Vec<Hidden> h) => h;")]
    [InlineData("public ([|Vec<Hidden>|], Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c) => (h, c);")]
    [InlineData("public extern Vec<Hidden> [|Step|](Vec<Input> x, Vec<Hidden> h);")]
    public void Step_takes_the_input_and_states_and_returns_states(string step) => DiagnosticCase.Step("FRNN012", step);

    [Fact]
    public void A_returned_state_is_taken() =>
        DiagnosticCase.Step(
            "FRNN013", "public (Vec<Hidden> h, Vec<Hidden> [|c|]) Step(Vec<Input> x, Vec<Hidden> h) => (W * x + h, h);");

    [Fact]
    public void A_taken_state_is_returned() =>
        DiagnosticCase.Step("FRNN014", "public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> [|c|]) => W * x + h + c;");

    [Theory]
    [InlineData("public [|Vec<Hidden>|] Step(Vec<Input> x, Vec<Input> h) => W * (x + h);")]
    [InlineData("public (Vec<Hidden> h, Vec<Input> [|c|]) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c) => (W * x + h + c, x);")]
    public void A_state_keeps_its_dimension(string step) => DiagnosticCase.Step("FRNN015", step);
}
