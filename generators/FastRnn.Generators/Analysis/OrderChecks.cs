using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether a model is an input, then layers, then at most one loss.</summary>
internal static class OrderChecks
{
    public static void Check(ModelSpec model, List<Problem> problems)
    {
        var name = model.Shell.PlainName;
        var inputs = model.Items.OfType<InputSpec>().ToList();
        var losses = model.Items.OfType<LossSpec>().ToList();
        var layers = model.Items.Where(item => item is LayerSpec or DenseSpec).ToList();
        if (inputs.Count == 0)
        {
            problems.Add(Problem.Of(Descriptors.NoInput, model.NamePlace, name));
        }

        if (inputs.Count > 1)
        {
            problems.Add(Problem.Of(Descriptors.TwoInputs, inputs[1].Place, name));
        }

        if (layers.Count == 0)
        {
            problems.Add(Problem.Of(Descriptors.NoLayers, model.NamePlace, name));
        }

        if (losses.Count > 1)
        {
            problems.Add(Problem.Of(Descriptors.TwoLosses, losses[1].Place, name));
        }

        if (problems.Count > 0)
        {
            return;
        }

        var items = model.Items.Where(item => item is not PyTorchSpec).ToList();
        if (items[0] != inputs[0])
        {
            problems.Add(Problem.Of(Descriptors.Order, inputs[0].Place, inputs[0].Attribute, "late"));
        }

        if (losses.Count == 1 && items[items.Count - 1] != losses[0])
        {
            problems.Add(Problem.Of(Descriptors.Order, losses[0].Place, losses[0].Attribute, "early"));
        }
    }
}
