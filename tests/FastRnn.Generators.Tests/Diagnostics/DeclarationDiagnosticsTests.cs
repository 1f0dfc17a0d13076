using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Diagnostics;

public class DeclarationDiagnosticsTests
{
    private const string Members = """
        private readonly Mat<Hidden, Input> W;
        public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + h;
        """;

    [Theory]
    [InlineData("FRNN001", "public sealed class [|Wrong|]")]
    [InlineData("FRNN001", "public class [|Wrong|]")]
    [InlineData("FRNN002", "public partial class [|Wrong|]")]
    [InlineData("FRNN002", "public abstract partial class [|Wrong|]")]
    [InlineData("FRNN002", "public sealed partial record [|Wrong|]")]
    [InlineData("FRNN003", "public sealed partial class Wrong[|<T>|]")]
    [InlineData("FRNN004", "file sealed partial class [|Wrong|]")]
    [InlineData("FRNN005", "public sealed partial class Wrong [|: Attribute|]")]
    [InlineData("FRNN007", "public sealed partial class Wrong[|(int size)|]")]
    public void A_cell_is_a_sealed_partial_class_of_its_own(string id, string head) =>
        DiagnosticCase.Check(id, $"using System; [Cell] {head} {{ {Members} }}");

    [Theory]
    [InlineData("public class Outer")]
    [InlineData("public partial class Outer<T>")]
    public void The_types_around_a_cell_are_partial_and_not_generic(string outer) =>
        DiagnosticCase.Check("FRNN004", $"{outer} {{ [Cell] public sealed partial class [|Wrong|] {{ {Members} }} }}");

    [Fact]
    public void A_cell_stands_in_one_part() =>
        DiagnosticCase.Check(
            "FRNN006", $"[Cell] public sealed partial class [|Wrong|] {{ {Members} }} public sealed partial class Wrong;");

    [Fact]
    public void A_cell_writes_no_constructor() =>
        DiagnosticCase.Check("FRNN007", $"[Cell] public sealed partial class Wrong {{ [|public Wrong() {{ W = null!; }}|] {Members} }}");

    [Theory]
    [InlineData("FRNN001", "public sealed class [|Wrong|];")]
    [InlineData("FRNN002", "public static partial class [|Wrong|];")]
    [InlineData("FRNN003", "public sealed partial class Wrong[|<T>|];")]
    [InlineData("FRNN004", "file sealed partial class [|Wrong|];")]
    [InlineData("FRNN005", "public sealed partial class Wrong [|: System.Exception|];")]
    [InlineData("FRNN006", "public sealed partial class [|Wrong|]; [SoftmaxCrossEntropy] public sealed partial class Wrong;")]
    public void A_model_is_a_sealed_partial_class_of_its_own(string id, string declaration) =>
        DiagnosticCase.Check(id, "[Model, Input(3), Dense(2)] " + declaration);

    [Fact]
    public void A_class_is_not_both_a_cell_and_a_model() =>
        DiagnosticCase.Check("FRNN008", $"[Model, Cell, Input(3), Dense(2)] public sealed partial class [|Wrong|] {{ {Members} }}");

    [Fact]
    public void What_CSharp_rejects_gets_no_second_opinion()
    {
        var wrongShape = Compile.Generate("""
            [Cell] public sealed partial class Wrong
            {
                private readonly Mat<Hidden, Input> W;
                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { var y = W * h; if (true) { } return y; }
            }
            """);
        var unknownTypes = Compile.Generate("""
            [Cell] public sealed partial class Wrong : Unknown
            {
                private readonly Mat<Hidden, Nowhere> W;
                public Vec<Hidden> Step(Vec<Input> x, Vector<Hidden> h) => h;
            }
            [Model, Input(3), Layer<Nothing>(3)] public sealed partial class Model1;
            [Model, Input("3"), Dense(3)] public sealed partial class Model2;
            [Model, OneHot, Dense(3)] public sealed partial class Model3;
            [Model, Cell] public struct Model4;
            """);
        var halfTyped = Compile.Generate("[Cell] public sealed partial class Wrong { public Vec<Hidden> Step(Vec<Input> x, { h = ");

        Assert.All([wrongShape, unknownTypes, halfTyped], result =>
        {
            Assert.Null(result.Exception);
            Assert.Empty(result.Diagnostics);
            Assert.All(result.GeneratedSources,
                s => Assert.Contains("This class was refused", s.SourceText.ToString(), StringComparison.Ordinal));
        });
    }
}
