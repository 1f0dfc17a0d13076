using FastRnn.Generators.Parsing;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Parsing;

public class CellParserTests
{
    [Fact]
    public void Fields_are_parameters_in_declared_order_with_their_initialisation()
    {
        var cell = Assert.Single(Pipeline.CellSpecs(Sources.Lstm));

        Assert.Equal(["Wi", "Wf", "Wg", "Wo", "Ui", "Uf", "Ug", "Uo", "bi", "bf", "bg", "bo"], cell.Fields.Select(f => f.Name));
        Assert.Equal("Mat<Hidden, Input>", cell.Fields[0].Type.ToString());
        Assert.Equal("global::FastRnn.Language.Hidden", cell.Fields[8].Type.Rows.TypeName);
        Assert.Equal((Initializer.Orthogonal, 1.0), (cell.Fields[7].Initializer, cell.Fields[7].InitializerValue));
        Assert.Equal((Initializer.Constant, 1.0), (cell.Fields[9].Initializer, cell.Fields[9].InitializerValue));
        Assert.Null(cell.Fields[10].Initializer);
    }

    [Fact]
    public void Stored_tensors_keep_their_parts()
    {
        var cell = Assert.Single(Pipeline.CellSpecs(Sources.Lstm));

        Assert.Equal(["weight_ih", "weight_hh", "bias_ih", "bias_hh"], cell.Tensors.Select(t => t.Name));
        Assert.Equal(["+bi", "+bf", "+bg", "+bo"], cell.Tensors[3].Parts);
    }

    [Fact]
    public void Step_is_statements_and_results()
    {
        var step = Assert.Single(Pipeline.CellSpecs(Sources.Projected)).Step;

        Assert.Equal(["h", "p"], step.Taken.Select(t => t.Name));
        Assert.Equal(["p", "h"], step.Returned.Select(t => t.Name));
        Assert.Equal(
            ["old = h", "h = 0.5 * old + Softplus(W * x + U * p)"], step.Statements.Select(ExpressionText.Of));
        Assert.Equal(["decay * p + P * h", "h"], step.Results.Select(ExpressionText.Of));
    }

    [Theory]
    [InlineData("a+b*c", "a + b * c")]
    [InlineData("( a  +b )*c", "(a + b) * c")]
    [InlineData("- -a - -b", "- -a - -b")]
    [InlineData("FastRnn.Language.Functions.Tanh /* why */ ( a )", "Tanh(a)")]
    [InlineData("Sigmoid<Hidden>(a)", "Sigmoid(a)")]
    [InlineData("Min(a, 0x10) / 1_000.5e-1f", "Min(a, 0x10) / 1_000.5e-1f")]
    [InlineData("@class * b", "@class * b")]
    public void Text_is_as_the_user_wrote_it_with_white_space_of_ours(string expression, string expected)
    {
        var step = Assert.Single(Pipeline.CellSpecs($$"""
            [Cell] public sealed partial class Test
            {
                private readonly Mat<Hidden, Input> W;
                private readonly Vec<Hidden> a, b, c, @class;
                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
                {
                    h = W * x; // a comment
                    return {{expression}};
                }
            }
            """)).Step;

        Assert.Equal(expected, ExpressionText.Of(step.Results[0]));
    }

    [Fact]
    public void Aliases_mean_what_they_stand_for()
    {
        var source = """
            using M = FastRnn.Language.Mat<FastRnn.Language.Hidden, FastRnn.Language.Input>;
            using H = FastRnn.Language.Hidden;
            using F = FastRnn.Language.Functions;
            using C = FastRnn.CellAttribute;
            [C] public sealed partial class Test
            {
                private readonly M W;
                public Vec<H> Step(Vec<Input> x, Vec<H> h) => F.Tanh(W * x + h);
            }
            """;

        var half = Assert.Single(Pipeline.Cells(source)).Members!;

        Assert.Contains("Mat<Hidden, Input> W;", half.Source, StringComparison.Ordinal);
        Assert.Contains("Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)", half.Source, StringComparison.Ordinal);
        Assert.Contains("return Tanh(W * x + h);", half.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_says_what_the_other_half_must_repeat()
    {
        var partialClass = Assert.Single(Pipeline.CellSpecs("""
            namespace Some.@event
            {
                internal partial record struct @struct
                {
                    private partial interface Inner
                    {
                        [Cell] internal sealed partial class @record
                        {
                            private readonly Mat<Hidden, Input> W;
                            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + h;
                        }
                    }
                }
            }
            """)).Class;

        Assert.Equal("Some.@event.@struct.Inner.@record", partialClass.FullName);
        Assert.Equal(["partial record struct @struct", "partial interface Inner"], partialClass.ContainingTypes);
        Assert.Equal(("internal", false), (partialClass.Accessibility, partialClass.IsReachable));
    }
}
