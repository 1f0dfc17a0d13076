using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether activations, the loss and their options go together.</summary>
internal static class LossChecks
{
    public static void Check(ModelSpec model, List<Problem> problems)
    {
        var computed = model.Attributes
            .Where(item => item is not (InputSpec or EncoderSpec or DecoderSpec or ConditionSpec or LossSpec or PyTorchSpec or WeightsSpec))
            .ToList();
        foreach (var item in computed)
        {
            if (Activation(item) is not { } said)
            {
                continue;
            }

            if (!Enum.IsDefined(typeof(DenseActivation), said.Activation))
            {
                problems.Add(Problem.Of(Descriptors.Member, said.Place, item.Attribute, said.Activation.ToString()));
            }
            else if (IsNormalizing(said.Activation) && computed[computed.Count - 1] != item)
            {
                problems.Add(Problem.Of(Descriptors.Softmax, said.Place, said.Activation.ToString()));
            }
        }

        foreach (var loss in model.Attributes.OfType<LossSpec>())
        {
            if (!Enum.IsDefined(typeof(Reduction), loss.Reduction))
            {
                problems.Add(Problem.Of(Descriptors.Member, loss.Place, loss.Attribute, loss.Reduction.ToString()));
            }
        }

        if (model.Attributes.OfType<LossSpec>().FirstOrDefault() is { } first
            && computed.LastOrDefault(item => item is LayerSpec or DenseSpec or ActivationSpec) is { } last && Activation(last) is { } end
            && Wish(first.Kind, end.Activation) is { } wish)
        {
            problems.Add(Problem.Of(Descriptors.LossActivation, end.Place, first.Attribute, wish, end.Activation.ToString()));
        }
    }

    /// <summary>The normalisation with which a model ends; Linear for none.</summary>
    public static DenseActivation Normalization(ModelSpec model) =>
        model.Attributes.Select(item => Activation(item)?.Activation ?? DenseActivation.Linear).FirstOrDefault(IsNormalizing);

    /// <summary>Whether it looks at all outputs of a step: no layer computes it, inference does as outputs leave the model.</summary>
    public static bool IsNormalizing(DenseActivation activation) => activation is DenseActivation.Softmax or DenseActivation.LogSoftmax;

    private static (DenseActivation Activation, Place Place)? Activation(AttributeSpec item) => item switch
    {
        DenseSpec dense => (dense.Activation, dense.ActivationPlace),
        ActivationSpec activation => (activation.Activation, activation.Place),
        _ => null,
    };

    // A graph never computes softmax: a squared error would be one of the numbers before it.
    private static string? Wish(LossKind loss, DenseActivation activation) =>
        activation == DenseActivation.Linear || !Enum.IsDefined(typeof(DenseActivation), activation) ? null
        : loss != LossKind.MeanSquaredError ? "logits"
        : IsNormalizing(activation) ? "outputs that the layer itself computes"
        : null;
}
