using FastRnn.Training;

namespace FastRnn.Cli.Gradients;

/// <summary>The same gradients from the generated kernels.</summary>
internal static class KernelGradients
{
    /// <summary>The gradients of parameters, input and first states, in the order of <see cref="TrueGradients"/>.</summary>
    public static IReadOnlyList<NamedGradient> Of<TModel>(GradientProblem problem, TModel model)
        where TModel : class, IModel<TModel>
    {
        using (var edit = model.Store.Edit())
        {
            problem.Parameters.CopyTo(edit.Parameters);
        }

        using var bptt = new Bptt<TModel>(model, new() { BatchSize = GradientProblem.Batch, SequenceLength = GradientProblem.Steps });
        foreach (var (state, values) in problem.Recurrent.Zip(problem.States))
        {
            bptt.SetState(state.Layer, state.State, values);
        }

        bptt.Forward(problem.Input, new float[problem.DOutput.Length]);
        foreach (var (state, dState) in problem.Recurrent.Zip(problem.DStates))
        {
            bptt.SetStateGradient(state.Layer, state.State, dState);
        }

        bptt.Backward(problem.DOutput);

        var gradients = new List<NamedGradient>();
        foreach (var (layer, index) in problem.Info.Layers.Select((layer, index) => (layer, index)))
        {
            foreach (var parameter in layer.Parameters)
            {
                var values = bptt.Gradients.Slice(layer.ParameterOffset + parameter.Offset, parameter.Count);
                gradients.Add(new($"{parameter.Name} of layer {index}", Wide(values)));
            }
        }

        var dInput = new float[problem.Input.Length];
        bptt.GetInputGradient(dInput);
        gradients.Add(new("the input", Wide(dInput)));
        foreach (var state in problem.Recurrent)
        {
            var dState = new float[GradientProblem.Batch * state.Size];
            bptt.GetStateGradient(state.Layer, state.State, dState);
            gradients.Add(new($"{state.Name} of layer {state.Layer}", Wide(dState)));
        }

        return gradients;
    }

    private static double[] Wide(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        return wide;
    }
}
