extern alias runtime;

using System.Reflection;

using FastRnn.Generators.Algebra;
using FastRnn.Generators.Tests.Harness;

using runtime::FastRnn.CompilerServices;
using runtime::FastRnn.Language;

namespace FastRnn.Generators.Tests.Algebra;

/// <summary>One row a function, and each row right.</summary>
public sealed class FunctionTableTests
{
    public static TheoryData<string> Differentiated => [.. Rows().Where(r => r.Slopes.Count > 0).Select(r => r.Name)];

    [Fact]
    public void Every_operation_on_values_has_a_row() => Assert.All(
        Enum.GetValues<Operation>(), o => Assert.Equal(o >= Operation.Sum, FunctionTable.Of(o)?.Operation == o));

    [Fact]
    public void What_a_cell_can_call_are_the_methods_of_Functions()
    {
        var methods = typeof(Functions).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(m => $"{m.Name} {m.GetParameters().Length}").Distinct();
        Assert.Equal(methods.Order(), FunctionTable.Called.Select(f => $"{f.Name} {f.Arity}").Order());
    }

    [Fact]
    public void Kernels_find_every_function_that_is_no_operator() => Assert.All(
        Rows().Where(r => r.Symbol.Length == 0 && r.Operation >= Operation.Add),
        r => Assert.Equal(r.Arity, typeof(Activation).GetMethod(r.Name)?.GetParameters().Length));

    [Fact]
    public void Those_that_saturate_are_what_diagnostics_know() =>
        Assert.Equal(Enum.GetNames<ActivationFunction>().Order(), Rows().Where(r => r.Saturates).Select(r => r.Name).Order());

    [Fact]
    public void What_a_cell_can_say_can_be_differentiated() => Assert.All(
        Rows().Where(r => !r.IsHidden && r.Formula is null), r => Assert.Equal(r.Arity, r.Slopes.Count));

    [Theory]
    [MemberData(nameof(Differentiated))]
    public void The_derivative_equals_finite_differences(string name)
    {
        var function = Rows().Single(r => r.Name == name);
        var graph = new GraphBuilder();
        var (a, b) = (graph.Add(Operation.Input, "Hidden"), graph.Add(Operation.State, "Hidden", 0));
        var d = graph.Add(Operation.StateGradient, "Hidden", 0);
        var y = function.Arity == 2 ? graph.Binary(function.Operation, a, b) : graph.Unary(function.Operation, a);
        var gradients = function.Slopes.Select(s => s(new(graph, a), new(graph, b), new(graph, y), new(graph, d)).Node).ToList();

        // Away from kinks and poles, and where logarithms and roots are defined.
        var random = new Random(1);
        for (var n = 0; n < 50; n++)
        {
            double Near(double value) => value + random.NextDouble() * 0.09;
            double[][] leaves = [[Near(0.3), Near(1.5)], [Near(0.4), Near(1.3)], [Near(-0.5), Near(2)]];
            var values = Values(graph, leaves);
            for (var operand = 0; operand < function.Arity; operand++)
            {
                for (var i = 0; i < Interpreter.Size; i++)
                {
                    Assert.Equal(Difference(graph, leaves, y, operand, i), values[gradients[operand]][i], 1e-6);
                }
            }
        }
    }

    private static IEnumerable<Function> Rows() => Enum.GetValues<Operation>().Select(FunctionTable.Of).OfType<Function>();

    /// <summary>How fast the sum of <c>d y</c> grows with one element of a leaf.</summary>
    private static double Difference(GraphBuilder graph, double[][] leaves, int y, int leaf, int element)
    {
        const double Step = 1e-5;
        double Loss(double shift)
        {
            var moved = leaves.Select(v => v.ToArray()).ToArray();
            moved[leaf][element] += shift;
            return Values(graph, moved)[y].Zip(leaves[2], (v, d) => v * d).Sum();
        }

        return (Loss(Step) - Loss(-Step)) / (2 * Step);
    }

    private static double[][] Values(GraphBuilder graph, double[][] leaves)
    {
        var values = new double[graph.Count][];
        leaves.CopyTo(values, 0);
        for (var i = leaves.Length; i < values.Length; i++)
        {
            values[i] = graph[i].Operation == Operation.Constant
                ? [graph[i].Value, graph[i].Value] : Interpreter.Computed(graph[i], values);
        }

        return values;
    }
}
