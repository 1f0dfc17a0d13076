using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether activations, the loss and their options go together.</summary>
internal static class LossChecks
{
    private static readonly string[] Activations = ["Linear", "Sigmoid", "Tanh", "Relu", "Softmax"];
    private static readonly string[] Reductions = ["Sum", "Mean"];

    public static void Check(ModelSpec model, List<Problem> problems)
    {
        var layers = model.Attributes.Where(item => item is LayerSpec or DenseSpec).ToList();
        foreach (var dense in layers.OfType<DenseSpec>())
        {
            if (!Activations.Contains(dense.Activation))
            {
                problems.Add(Problem.Of(Descriptors.Member, dense.ActivationPlace, "Dense", dense.Activation));
            }
            else if (dense.Activation == "Softmax"
                && model.Attributes.Last(item => item is LayerSpec or DenseSpec or DropoutSpec or PoolSpec or AttentionSpec) != dense)
            {
                problems.Add(Problem.Of(Descriptors.Softmax, dense.ActivationPlace));
            }
        }

        foreach (var loss in model.Attributes.OfType<LossSpec>())
        {
            if (!Reductions.Contains(loss.Reduction))
            {
                problems.Add(Problem.Of(Descriptors.Member, loss.Place, loss.Attribute, loss.Reduction));
            }
        }

        if (model.Attributes.OfType<LossSpec>().FirstOrDefault() is { } first && layers.LastOrDefault() is DenseSpec last
            && Wish(first.Attribute, last.Activation) is { } wish)
        {
            problems.Add(Problem.Of(Descriptors.LossActivation, last.ActivationPlace, first.Attribute, wish, last.Activation));
        }
    }

    // A graph never computes softmax: a squared error would be one of the numbers before it.
    private static string? Wish(string loss, string activation) =>
        activation == "Linear" || !Activations.Contains(activation) ? null
        : loss != "MeanSquaredError" ? "logits"
        : activation == "Softmax" ? "outputs that the layer itself computes"
        : null;
}
