using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether activations, the loss and their options go together.</summary>
internal static class LossChecks
{
    public static void Check(ModelSpec model, List<Problem> problems)
    {
        var layers = model.Attributes.Where(item => item is LayerSpec or DenseSpec).ToList();
        foreach (var dense in layers.OfType<DenseSpec>())
        {
            if (!Enum.IsDefined(typeof(DenseActivation), dense.Activation))
            {
                problems.Add(Problem.Of(Descriptors.Member, dense.ActivationPlace, "Dense", dense.Activation.ToString()));
            }
            else if (IsNormalizing(dense.Activation)
                && model.Attributes.Last(item => item is LayerSpec or DenseSpec or DropoutSpec or PoolSpec or AttentionSpec) != dense)
            {
                problems.Add(Problem.Of(Descriptors.Softmax, dense.ActivationPlace, dense.Activation.ToString()));
            }
        }

        foreach (var loss in model.Attributes.OfType<LossSpec>())
        {
            if (!Enum.IsDefined(typeof(Reduction), loss.Reduction))
            {
                problems.Add(Problem.Of(Descriptors.Member, loss.Place, loss.Attribute, loss.Reduction.ToString()));
            }
        }

        if (model.Attributes.OfType<LossSpec>().FirstOrDefault() is { } first && layers.LastOrDefault() is DenseSpec last
            && Wish(first.Kind, last.Activation) is { } wish)
        {
            problems.Add(Problem.Of(Descriptors.LossActivation, last.ActivationPlace, first.Attribute, wish, last.Activation.ToString()));
        }
    }

    /// <summary>Whether it looks at all outputs of a step: no layer computes it, inference does as outputs leave the model.</summary>
    public static bool IsNormalizing(DenseActivation activation) => activation is DenseActivation.Softmax or DenseActivation.LogSoftmax;

    // A graph never computes softmax: a squared error would be one of the numbers before it.
    private static string? Wish(LossKind loss, DenseActivation activation) =>
        activation == DenseActivation.Linear || !Enum.IsDefined(typeof(DenseActivation), activation) ? null
        : loss != LossKind.MeanSquaredError ? "logits"
        : IsNormalizing(activation) ? "outputs that the layer itself computes"
        : null;
}
