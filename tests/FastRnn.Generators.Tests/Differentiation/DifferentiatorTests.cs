using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Differentiation;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Differentiation;

/// <summary>The adjoint graph of one step against differences of the step itself.</summary>
public sealed class DifferentiatorTests
{
    public static TheoryData<string, string> Cells => new()
    {
        { "Elman", Sources.Elman },
        { "Lstm", Sources.Lstm },
        { "GruResetBefore", SmallCells.GruResetBefore },
        { "GruResetAfter", SmallCells.GruResetAfter },
        { "Jordan", SmallCells.Jordan },
        { "Mixed", SmallCells.Mixed },
        { "Normalised", SmallCells.Normalised },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Gradients_of_parameters_input_and_states_equal_finite_differences(string name, string source)
    {
        var cell = Graphs.Cell(name, source);
        for (var seed = 0; seed < 20; seed++)
        {
            var model = new Interpreter(cell, seed);
            var random = new Random(1000 + seed);
            var dStates = cell.States.Select(_ => new[] { random.NextDouble() - 0.5, random.NextDouble() - 0.5 }).ToArray();
            double Loss()
            {
                var values = model.Forward();
                var step = LinearForms.Gather(cell);
                return step.NewStates.Select((n, s) => values[n].Zip(dStates[s], (v, d) => v * d).Sum()).Sum();
            }

            var (dParameters, dInput, dOldStates) = Backward(cell, model, dStates);
            for (var p = 0; p < cell.Parameters.Count; p++)
            {
                AssertGradient(Loss, model.Parameters[p], dParameters[p], $"{name}, seed {seed}, {cell.Parameters[p].Name}");
            }

            AssertGradient(Loss, model.Input, dInput, $"{name}, seed {seed}, x");
            for (var s = 0; s < cell.States.Count; s++)
            {
                AssertGradient(Loss, model.States[s], dOldStates[s], $"{name}, seed {seed}, {cell.States[s].Name}");
            }
        }
    }

    [Fact]
    public void Gradients_bear_the_names_of_their_variables()
    {
        var names =
            Graphs.Adjoint("Lstm", Sources.Lstm).Nodes.Select(n => n.Name).Where(n => n.StartsWith('d')).Order(StringComparer.Ordinal);
        Assert.Equal(["dc", "df", "dg", "dh", "di", "do", "dpre_f", "dpre_g", "dpre_i", "dpre_o"], names);
    }

    private static (double[][] Parameters, double[] Input, double[][] States) Backward(
        CellGraph cell, Interpreter model, double[][] dStates)
    {
        var step = LinearForms.Gather(cell);
        var adjoint = Differentiator.Differentiate(step);
        var forward = model.Forward();
        var values = new double[adjoint.Nodes.Count][];
        forward.CopyTo(values, 0);
        for (var i = forward.Length; i < values.Length; i++)
        {
            var node = adjoint.Nodes[i];
            values[i] = node.Operation switch
            {
                Operation.Constant => [node.Value, node.Value],
                Operation.StateGradient => dStates[node.A],
                Operation.OutputGradient => [0, 0],
                Operation.OperandGradient => HandedBack(step, adjoint, model, values, node.A),
                _ => Interpreter.Computed(node, values),
            };
        }

        var dParameters = model.Parameters.Select(p => new double[p.Length]).ToArray();
        for (var k = 0; k < step.Accumulators.Count; k++)
        {
            var d = values[adjoint.DAccumulators[k]];
            foreach (var term in step.Accumulators[k].Terms)
            {
                for (var i = 0; i < Interpreter.Size * Interpreter.Size; i++)
                {
                    dParameters[term.Parameter][i] += d[i / Interpreter.Size] * forward[term.Operand][i % Interpreter.Size];
                }
            }

            foreach (var bias in step.Accumulators[k].Biases)
            {
                Add(dParameters[bias], d);
            }
        }

        foreach (var parameter in adjoint.DParameters)
        {
            Add(dParameters[parameter.Parameter], values[parameter.Node]);
        }

        var nodes = step.Nodes.Select((n, i) => (Node: n, Index: i)).ToList();
        double[] Old(Operation operation, int index, int direct)
        {
            var total = new double[Interpreter.Size];
            if (direct >= 0)
            {
                Add(total, values[direct]);
            }

            foreach (var (_, i) in nodes.Where(n => n.Node.Operation == operation && (operation == Operation.Input || n.Node.A == index)))
            {
                Add(total, HandedBack(step, adjoint, model, values, i));
            }

            return total;
        }

        return (dParameters, Old(Operation.Input, 0, adjoint.DInput),
            [.. cell.States.Select((_, s) => Old(Operation.State, s, adjoint.DStates[s]))]);
    }

    private static double[] HandedBack(StepGraph step, AdjointGraph adjoint, Interpreter model, double[][] values, int operand)
    {
        var total = new double[Interpreter.Size];
        for (var k = 0; k < step.Accumulators.Count; k++)
        {
            foreach (var term in step.Accumulators[k].Terms.Where(t => t.Operand == operand && adjoint.DAccumulators[k] >= 0))
            {
                Add(total, model.Transposed(term.Parameter, values[adjoint.DAccumulators[k]]));
            }
        }

        return total;
    }

    private static void Add(double[] to, double[] d)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += d[i];
        }
    }

    private static void AssertGradient(Func<double> loss, double[] at, double[] gradient, string where)
    {
        const double Step = 1e-5;
        for (var i = 0; i < at.Length; i++)
        {
            var value = at[i];
            at[i] = value + Step;
            var above = loss();
            at[i] = value - Step;
            var below = loss();
            at[i] = value;
            var expected = (above - below) / (2 * Step);
            Assert.True(Math.Abs(expected - gradient[i]) < 1e-7 * (1 + Math.Abs(expected)),
                $"{where}[{i}]: expected {expected}, got {gradient[i]}");
        }
    }
}
