using System.Globalization;

using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Diagnostics;

public class ParameterDiagnosticsTests
{
    private const string Step = "public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + h;";
    private const string StepB = "public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + h + b;";

    [Theory]
    [InlineData("private readonly [|double|] rate;")]
    [InlineData("private readonly [|Vec<Hidden>[]|] b = [];")]
    [InlineData("private const [|float|] Rate = 1;")]
    [InlineData("private readonly [|double|] Rate = 1;")]
    [InlineData("private [|static|] readonly Vec<Hidden> b = new();")]
    [InlineData("public [|required|] Vec<Hidden> b;")]
    [InlineData("private [|volatile|] Vec<Hidden> b;")]
    [InlineData("public Vec<Hidden> [|B|] { get; } = null!;")]
    [InlineData("public required Mat<Hidden, Input> [|M|] { get; init; }")]
    public void Fields_are_matrices_and_vectors(string field) => DiagnosticCase.Step("FRNN030", Step, members: field);

    [Theory]
    [InlineData("private readonly [|double|] Rate = 1;", "it is not const")]
    [InlineData("private const [|float|] Rate = 1;", "its type is float")]
    [InlineData("public Vec<Hidden> [|B|] { get; } = null!;", "it is a property")]
    public void What_is_wrong_with_a_field_is_said(string field, string words) => Assert.EndsWith(
        words, DiagnosticCase.Step("FRNN030", Step, members: field).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [Fact]
    public void A_property_that_computes_is_no_business_of_the_generator() => Assert.Empty(Compile.Generate($$"""
        [Cell] public sealed partial class Right
        {
            private readonly Mat<Hidden, Input> W;
            public Mat<Hidden, Input> Weights => W;
            public Mat<Hidden, Input> Same { get { return W; } }
            {{Step}}
        }
        """).Diagnostics);

    [Fact]
    public void A_parameter_is_used() => DiagnosticCase.Step("FRNN031", Step, members: "private readonly Vec<Hidden> [|b|];");

    [Fact]
    public void A_parameter_that_only_a_dead_value_uses_is_not_used()
    {
        var result = Compile.Generate("""
            [Cell] public sealed partial class Wrong
            {
                private readonly Mat<Hidden, Input> W, V;
                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { var dead = V * x; return W * x + h; }
            }
            """);

        Assert.Equal(["FRNN031", "FRNN032"], result.Diagnostics.Select(d => d.Id).Order());
    }

    [Theory]
    [InlineData("[Initialize(Initializer.Orthogonal)] private readonly Vec<Hidden> [|b|];")]
    [InlineData("[Initialize((Initializer)99)] private readonly Vec<Hidden> [|b|];")]
    [InlineData("[Initialize(Initializer.Constant, double.NaN)] private readonly Vec<Hidden> [|b|];")]
    [InlineData("[Initialize(Initializer.Constant, 1e39)] private readonly Vec<Hidden> [|b|];")]
    public void An_initialisation_fits_its_parameter(string field) => DiagnosticCase.Step("FRNN034", StepB, members: field);

    [Theory]
    [InlineData("FRNN035", "[StoredTensor(\"w\", \"W\"), [|StoredTensor(\"b\", \"b\", \"c\")|]]")]
    [InlineData("FRNN035", "[StoredTensor(\"w\", \"W\"), StoredTensor(\"b\", \"b\"), [|StoredTensor(\"b2\", \"+c\")|]]")]
    [InlineData("FRNN037", "[StoredTensor(\"w\", \"W\"), [|StoredTensor(\"b b\", \"b\")|]]")]
    [InlineData("FRNN037", "[StoredTensor(\"w\", \"W\"), StoredTensor(\"b\", \"b\"), [|StoredTensor(\"n\")|]]")]
    [InlineData("FRNN037", "[StoredTensor(\"w\", \"W\"), [|StoredTensor(\"w\", \"b\")|]]")]
    [InlineData("FRNN037", "[[|StoredTensor(\"w\", \"W\", \"b\")|]]")]
    [InlineData("FRNN037", "[StoredTensor(\"w\", \"W\"), StoredTensor(\"b\", \"b\"), [|StoredTensor(\"n\", null!)|]]")]
    public void Stored_tensors_name_parameters(string id, string attributes) =>
        DiagnosticCase.Check(id, attributes + Class("Vec<Hidden> b;"));

    [Theory]
    [InlineData("[StoredTensor(\"w\", \"W\")]")]
    [InlineData("[StoredTensor(\"w\", \"W\"), StoredTensor(\"b\", \"+b\")]")]
    [InlineData("[StoredTensor(\"w\", \"W\"), StoredTensor(\"b\", \"b\", \"b\")]")]
    public void Stored_tensors_hold_each_parameter_once(string attributes) =>
        DiagnosticCase.Check("FRNN036", attributes + Class("Vec<Hidden> [|b|];"));

    [Fact]
    public void A_dimension_has_a_name_of_its_own() =>
        DiagnosticCase.Check("FRNN038", """
            public static class Mine { public abstract class Hidden : IDimension; }
            [Cell] public sealed partial class Wrong
            {
                private readonly Mat<Hidden, Input> W;
                private readonly Mat<Hidden, Mine.Hidden> [|V|];
                private readonly Mat<Mine.Hidden, Input> P;
                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + h + V * (P * x);
            }
            """);

    private static string Class(string field) =>
        $"[Cell] public sealed partial class Wrong {{ private readonly Mat<Hidden, Input> W; private readonly {field} {StepB} }}";
}
