using System.Globalization;

using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Tests.Diagnostics;

public class StepSignatureDiagnosticsTests
{
    private const string Two = "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)";
    private const string Swapped = "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> c, Vec<Hidden> h)";

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
    [InlineData("public ([|Vec<Hidden>|], Vec<Hidden>) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c) => (h, c);")]
    [InlineData("public extern Vec<Hidden> [|Step|](Vec<Input> x, Vec<Hidden> h);")]
    public void Step_takes_the_input_and_states_and_returns_states(string step) => DiagnosticCase.Step("FRNN012", step);

    [Theory]
    [InlineData("public (Vec<Hidden> h, Vec<Hidden> [|c|]) Step(Vec<Input> x, Vec<Hidden> h) => (W * x + h, h);",
        "'c', which", "take 'Vec<Hidden> c' as a state too")]
    [InlineData("public (Vec<Hidden> [|y|], Vec<Hidden> h) Step(Vec<Input> x, Vec<Hidden> h) => (W * x + h, h);",
        "the first of them is the layer's output", "take 'Vec<Hidden> y' as a state too")]
    [InlineData("public (Vec<Hidden> h, Vec<Hidden> [|d|]) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c) => (W * x + c, h);",
        "'d', which", "(Vec<Hidden> h, Vec<Hidden> c)")]
    [InlineData("public (Vec<Hidden> [|newH|], Vec<Input> newC) Step(Vec<Input> x, Vec<Hidden> h, Vec<Input> c) => (W * x + W * c + h, x);",
        "'newH' and 'newC', which", "(Vec<Hidden> h, Vec<Input> c)")]
    public void A_returned_state_is_taken(string step, params string[] words) => Says(DiagnosticCase.Step("FRNN013", step), words);

    [Theory]
    [InlineData("public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> [|c|]) => W * x + h + c;",
        "no new value of 'c'", "the one vector that is returned is the new 'h'")]
    [InlineData("public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> [|u|], Vec<Hidden> h) { h = W * x + h + u; return h; }",
        "no new value of 'u'", "the one vector that is returned is the new 'h'", "a second input is a part of 'x'")]
    [InlineData("public Vec<Hidden> Step(Vec<Input> x, Vec<Input> [|u|], Vec<Hidden> h) => W * (x + u) + h;",
        "Only the first parameter of Step is an input", "no new value of 'u' is returned:", "a second input is a part of 'x'")]
    [InlineData("public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h, Vec<Input> [|u|], Vec<Input> v) => W * (x + u + v) + h;",
        "no new value of 'u' and 'v' is returned:")]
    [InlineData(
        "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Input> [|u|], Vec<Hidden> h, Vec<Hidden> c) => (W * (x + u), h + c);",
        "no new value of 'u' is returned:")]
    public void A_taken_state_is_returned(string step, params string[] words) => Says(DiagnosticCase.Step("FRNN014", step), words);

    [Theory]
    [InlineData("public [|Vec<Hidden>|] Step(Vec<Input> x, Vec<Input> h) => W * (x + h);",
        "'h' is taken as Vec<Input> and returned as Vec<Hidden>", "what Step returns is its new state")]
    [InlineData("public [|Vec<Hidden>|] Step(Vec<Input> x, Vec<Input> h, Vec<Input> c) => W * (x + h + c);",
        "'h' is taken as Vec<Input> and returned as Vec<Hidden>")]
    [InlineData("public (Vec<Hidden> h, Vec<Input> [|c|]) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c) => (W * x + h + c, x);",
        "the new states are (Vec<Hidden> h, Vec<Hidden> c)")]
    [InlineData("public (Vec<Input> [|h|], Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Input> c) => (c, W * x + h);",
        "the new states are (Vec<Hidden> h, Vec<Input> c)")]
    public void A_state_keeps_its_dimension(string step, params string[] words) => Says(DiagnosticCase.Step("FRNN015", step), words);

    [Theory]
    [InlineData(Two + " { c = W * x + c; h += c; return ([|c, h|]); }",
        "(c, h) as the new (h, c)")]
    [InlineData(Swapped + " { c = W * x + c; h += c; return ([|c, h|]); }",
        "(c, h) as the new (h, c)")]
    public void States_are_returned_in_their_order(string step, string words) =>
        Says(DiagnosticCase.Step("FRNN016", step), words);

    [Theory]
    [InlineData(Swapped + " { c = W * x + c; h += c; return (h, c); }")]
    [InlineData(Two + " { var l = h; h = W * x + c; return (h, l); }")]
    [InlineData(Two + " => (W * x + c, h);")]
    [InlineData(Two + " { h = W * x + c; return (h, h); }")]
    public void Values_go_by_place_and_states_by_name(string step) => Assert.Empty(Compile.Generate(
        $"[Cell] public sealed partial class Right {{ private readonly Mat<Hidden, Input> W; {step} }}").Diagnostics);

    private static void Says(Diagnostic diagnostic, params string[] words) => Assert.All(
        words, w => Assert.Contains(w, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
}
