using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Analysis;

public class CellAnalyzerTests
{
    [Fact]
    public void A_constant_of_the_cell_is_its_number()
    {
        var graph = Pipeline.Cell("""
            [Cell] public sealed partial class Leaky
            {
                private const double Leak = 1.0 / 4, One = 1;
                private readonly Mat<Hidden, Input> W;
                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => Leak * h + (One - Leak) * Tanh(W * x);
            }
            """);

        Assert.Equal("Add(Multiply(0.25, h), Multiply(0.75, Tanh(W[x])))", Pipeline.Formula(graph, graph.NewStates[0]));
        Assert.Contains("0.25 * h + (1.0 - 0.25) * Tanh(W * x)", graph.Equations[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lstm_is_a_graph_in_the_order_of_its_statements()
    {
        var graph = Pipeline.Cell(Sources.Lstm);

        Assert.Equal(["h", "c"], graph.States.Select(s => s.Name));
        Assert.Equal(
            [
                "i = Sigmoid(Wi * x + Ui * h + bi)", "f = Sigmoid(Wf * x + Uf * h + bf)", "g = Tanh(Wg * x + Ug * h + bg)",
                "o = Sigmoid(Wo * x + Uo * h + bo)", "c = f * c + i * g", "h = o * Tanh(c)",
            ],
            graph.Equations.Select(e => e.Text));
        Assert.Equal(["i", "f", "g", "o", "c", "h"], graph.Equations.Select(e => graph.Nodes[e.Node].Name));
        Assert.Equal(["h", "c"], graph.NewStates.Select(n => graph.Nodes[n].Name));
        Assert.Equal(
            "Sigmoid(Add(Add(Wi[x], Ui[h]), bi))", Pipeline.Formula(graph, graph.Equations[0].Node));
        Assert.Equal(8, graph.Nodes.Count(n => n.Operation == Operation.Product));
        AssertWellFormed(graph);
    }

    [Fact]
    public void Initialisers_have_defaults()
    {
        var graph = Pipeline.Cell(Sources.Lstm);

        Assert.Equal((Initializer.XavierUniform, 1.0), (graph.Parameters[0].Initializer, graph.Parameters[0].InitializerValue));
        Assert.Equal(Initializer.Orthogonal, graph.Parameters[4].Initializer);
        Assert.Equal(Initializer.Zeros, graph.Parameters[8].Initializer);
    }

    [Fact]
    public void Own_dimensions_come_in_the_order_of_the_fields()
    {
        var graph = Pipeline.Cell("""
            public abstract class P : IDimension; public abstract class Q : IDimension; public abstract class R : IDimension;
            [Cell] public sealed partial class Test
            {
                private readonly Mat<Q, Input> A;
                private readonly Mat<Hidden, P> B;
                private readonly Mat<P, Q> C;
                public (Vec<Hidden> h, Vec<R> r) Step(Vec<Input> x, Vec<R> r, Vec<Hidden> h) => (B * (C * (A * x)) + h, 0.5 * r);
            }
            """);

        Assert.Equal(["Q", "P", "R"], graph.OwnDimensions);
        Assert.Equal("B[C[A[x]]]", Pipeline.Formula(graph, graph.Nodes[graph.NewStates[0]].A));
        Assert.Equal(["Q", "P", "Hidden"], graph.Nodes.Where(n => n.Operation == Operation.Product).Select(n => n.Dimension));
    }

    [Fact]
    public void The_same_operation_on_the_same_operands_is_one_node()
    {
        var graph = Pipeline.Step("var a = Tanh(W * x); var c = Tanh(W * x); h = a * c + b * h; return h;");

        Assert.Single(graph.Nodes, n => n.Operation == Operation.Tanh);
        Assert.Single(graph.Nodes, n => n.Operation == Operation.Product);
        Assert.Equal("a", graph.Nodes.Single(n => n.Operation == Operation.Tanh).Name);
        AssertWellFormed(graph);
    }

    [Fact]
    public void Layer_normalisation_is_means_squares_and_a_root()
    {
        var graph = Pipeline.Step("h = LayerNorm(W * x) + Sum(b) * h; return h;");

        // A parameter is summed as a product, which stands in a row.
        const string Centred = "Subtract(W[x], Mean(W[x]))";
        Assert.Equal(
            $"Add(Divide({Centred}, Sqrt(Add(Mean(Square({Centred})), 1E-05))), Multiply(Sum(Multiply(b, 1)), h))",
            Pipeline.Formula(graph, graph.NewStates[0]));
        AssertWellFormed(graph);
    }

    [Theory]
    [InlineData("var (p, q) = (W * x, Tanh(h)); h = p * q + b;", "var p = W * x; var q = Tanh(h); h = p * q + b;")]
    [InlineData("(var p, Vec<Hidden> q) = (W * x, h); h = p * q + b;", "var p = W * x; Vec<Hidden> q = h; h = p * q + b;")]
    [InlineData("var (p, two) = (W * x, 2.0); h = two * p + b;", "var p = W * x; double two = 2.0; h = two * p + b;")]
    [InlineData("var p = W * x; (h, p) = (Tanh(h), b); h += p;", "var p = W * x; h = Tanh(h); p = b; h += p;")]
    [InlineData("(h, var p) = (W * x, b); h += p;", "h = W * x; var p = b; h += p;")]
    public void Values_of_a_tuple_are_values_of_statements(string tuple, string statements) =>
        Assert.Equal(Pipeline.Step(statements + " return h;"), Pipeline.Step(tuple + " return h;"));

    [Theory]
    [InlineData("var p = W * x; (h, p) = (p, h); return h - Tanh(p) + b;", "Add(Subtract(W[x], Tanh(h)), b)")]
    [InlineData("var p = W * x; (h, p) = (p + b, -(h + Tanh(h))); return h / p;", "Divide(Add(W[x], b), Negate(Add(h, Tanh(h))))")]
    [InlineData("var (p, q) = (W * x, b); (p, q, h) = (q, h, p); return (p - q) / h;", "Divide(Subtract(b, h), W[x])")]
    [InlineData("var hBefore = W * x; (h, hBefore) = (hBefore, h); return h - hBefore / b;", "Subtract(W[x], Divide(h, b))")]
    [InlineData("var p = W * x; (h, p) = (p, h); (h, p) = (p, h); return h - p / b;", "Subtract(h, Divide(W[x], b))")]
    [InlineData("var k = 2.0; (k, h) = (0.5, k * h); return W * x + k * h + b;", "Add(Add(W[x], Multiply(0.5, Multiply(2, h))), b)")]
    public void All_values_of_a_tuple_are_there_before_a_variable_changes(string body, string formula)
    {
        var graph = Pipeline.Step(body);

        Assert.Equal(formula, Pipeline.Formula(graph, graph.NewStates[0]));
        AssertWellFormed(graph);
    }

    [Fact]
    public void What_is_read_behind_a_change_is_kept_under_a_name_of_its_own()
    {
        var outcome = Assert.Single(Pipeline.Cells("""
            [Cell] public sealed partial class Test
            {
                private readonly Mat<Hidden, Input> W;
                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { var p = W * x; (h, p) = (p, Tanh(h)); return h + p; }
            }
            """));

        Assert.Equal(
            ["p = W * x", "hBefore = h", "h = p", "p = Tanh(hBefore)", "h = h + p"], outcome.Graph!.Equations.Select(e => e.Text));
        Assert.Contains("var hBefore = h;", outcome.Members!.Source, StringComparison.Ordinal);
        Assert.Equal(
            outcome.Graph, CellAnalyzer.Analyze(FastRnn.Generators.Parsing.CellReader.Read("Test", outcome.Members.Source!, out _)!).Graph);
    }

    [Fact]
    public void What_is_not_needed_is_gone()
    {
        var graph = Pipeline.Step("var dead = Exp(h) / 3; h = W * x + b; return h;");

        Assert.DoesNotContain(graph.Nodes, n => n.Operation is Operation.Exp or Operation.Divide or Operation.Constant or Operation.State);
        Assert.Equal("h = W * x + b", Assert.Single(graph.Equations).Text);
        AssertWellFormed(graph);
    }

    [Fact]
    public void An_assignment_gives_a_name_another_value()
    {
        var graph = Pipeline.Step("h += b; h *= W * x; var old = h; h = Tanh(h); h -= old; return h;");

        Assert.Equal(
            "Subtract(Tanh(Multiply(Add(h, b), W[x])), Multiply(Add(h, b), W[x]))", Pipeline.Formula(graph, graph.NewStates[0]));
        Assert.Equal(["h += b", "h *= W * x", "old = h", "h = Tanh(h)", "h -= old"], graph.Equations.Select(e => e.Text));
        AssertWellFormed(graph);
    }

    [Theory]
    [InlineData("(1 - 0.25) * h", "Multiply(0.75, h)")]
    [InlineData("(2.0 / 3 * 3) * h", "Multiply(2, h)")]
    [InlineData("-(1 + 2) * h", "Multiply(-3, h)")]
    [InlineData("0.1f * h", "Multiply(0.10000000149011612, h)")]
    [InlineData("(0.1f * 3) * h", "Multiply(0.30000001192092896, h)")]
    [InlineData("(0.1f * 3.0) * h", "Multiply(0.30000000447034836, h)")]
    [InlineData("(-0 + 0x10) / h", "Divide(16, h)")]
    [InlineData("-0 * h", "Multiply(0, h)")]
    [InlineData("-0.0 * h", "Multiply(-0, h)")]
    [InlineData("h - 1_000L", "Subtract(h, 1000)")]
    [InlineData("Max(h, -2)", "Max(h, -2)")]
    public void Numbers_are_what_CSharp_computes(string expression, string expected)
    {
        var graph = Pipeline.Step($"h = W * x + b + ({expression}); return h;");

        Assert.Equal($"Add(Add(W[x], b), {expected})", Pipeline.Formula(graph, graph.NewStates[0]));
    }

    [Fact]
    public void Variables_may_hold_numbers()
    {
        var graph = Pipeline.Step(
            "const double keep = 0.75; var rest = 1 - keep; rest *= 2; double two = 2; h = keep * h + rest * (W * x) + two * b; return h;");

        Assert.Equal([0.75, 0.5, 2], graph.Nodes.Where(n => n.Operation == Operation.Constant).Select(n => n.Value));
        Assert.All(graph.Nodes.Where(n => n.Operation == Operation.Constant), n => Assert.Equal("", n.Dimension));
        Assert.Single(graph.Equations);
    }

    [Fact]
    public void A_returned_expression_is_an_equation_of_its_state()
    {
        var graph = Pipeline.Cell(Sources.Projected);

        Assert.Equal("p = decay * p + P * h", graph.Equations[^1].Text);
        Assert.Equal("p", graph.Nodes[graph.NewStates[0]].Name);
        Assert.Equal(
            "Add(Multiply(decay, p), P[Add(Multiply(0.5, h), Softplus(Add(W[x], U[p])))])", Pipeline.Formula(graph, graph.NewStates[0]));
    }

    [Fact]
    public void A_state_may_be_what_the_step_found()
    {
        var graph = Pipeline.Cell("""
            [Cell] public sealed partial class Delay
            {
                private readonly Mat<Hidden, Input> W;
                public (Vec<Hidden> y, Vec<Input> a, Vec<Input> b) Step(Vec<Input> x, Vec<Hidden> y, Vec<Input> a, Vec<Input> b) =>
                    (W * b, x, a);
            }
            """);

        Assert.Equal(["W[b]", "x", "a"], graph.NewStates.Select(n => Pipeline.Formula(graph, n)));
    }

    [Fact]
    public void Tensors_are_one_for_each_parameter_without_attributes()
    {
        var graph = Pipeline.Cell(Sources.Elman);

        Assert.Equal(["W", "U", "b"], graph.Tensors.Select(t => t.Name));
        Assert.Equal(["U"], graph.Tensors[1].Parts);
    }

    private static void AssertWellFormed(CellGraph graph)
    {
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            Assert.True(graph.Nodes[i].B < i);
            Assert.True(!graph.Nodes[i].HasOperand || graph.Nodes[i].A < i);
        }
    }
}
