using FastRnn.Testing;

namespace FastRnn.Cli.Gradients;

/// <summary>Finite differences on the equations in double precision.</summary>
internal static class TrueGradients
{
    /// <summary>A ReLU has a kink that no extrapolation survives: a short step seldom meets it.</summary>
    private const double StepOverKinks = 1e-6;

    /// <summary>The gradients of parameters, input and first states, in this order.</summary>
    public static IReadOnlyList<NamedGradient> Of(GradientProblem problem, bool hasKinks)
    {
        var step = hasKinks ? StepOverKinks : FiniteDifferences.DefaultStep;
        var parameters = Wide(problem.Parameters);
        var input = Wide(problem.Input);
        var states = problem.States.Select(Wide).ToArray();
        var gradients = new List<NamedGradient>();
        foreach (var (layer, index) in problem.Info.Layers.Select((layer, index) => (layer, index)))
        {
            foreach (var parameter in layer.Parameters)
            {
                var from = layer.ParameterOffset + parameter.Offset;
                gradients.Add(Gradient($"{parameter.Name} of layer {index}", parameters, from, parameter.Count));
            }
        }

        gradients.Add(Gradient("the input", input, 0, input.Length));
        foreach (var (state, values) in problem.Recurrent.Zip(states))
        {
            gradients.Add(Gradient($"{state.Name} of layer {state.Layer}", values, 0, values.Length));
        }

        return gradients;

        NamedGradient Gradient(string name, double[] point, int from, int count) => new(
            name,
            [.. Enumerable.Range(from, count)
                .Select(i => FiniteDifferences.Partial(_ => Loss(problem, parameters, input, states), point, i, step))]);
    }

    private static double Loss(GradientProblem problem, double[] parameters, double[] input, double[][] states)
    {
        var initial = ReferenceModel.ZeroStates(problem.Info, GradientProblem.Batch);
        foreach (var (state, values) in problem.Recurrent.Zip(states))
        {
            initial[state.Layer][state.State] = Rows(values, state.Size);
        }

        var result = new ReferenceModel(problem.Info, parameters).Run(Sequence(input, problem.Info.InputSize), initial);
        var loss = ReferenceLoss.Linear(result.Outputs, Sequence(Wide(problem.DOutput), problem.Info.OutputSize));
        foreach (var (state, dState) in problem.Recurrent.Zip(problem.DStates))
        {
            loss += ReferenceLoss.Linear([result.States[state.Layer][state.State]], [Rows(Wide(dState), state.Size)]);
        }

        return loss;
    }

    private static double[] Wide(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <summary><c>[B, D]</c> as rows.</summary>
    private static double[][] Rows(double[] values, int size) => [.. values.Chunk(size)];

    /// <summary><c>[T, B, D]</c> as steps of rows.</summary>
    private static double[][][] Sequence(double[] values, int size) =>
        [.. values.Chunk(GradientProblem.Batch * size).Select(step => Rows(step, size))];
}
