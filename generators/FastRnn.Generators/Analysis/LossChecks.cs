using System.Globalization;

using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether activations, the loss and their options go together.</summary>
internal static class LossChecks
{
    public static void Check(ModelSpec model, ModelParts parts, List<Problem> problems)
    {
        var trunk = model.Attributes.TakeWhile(item => parts.Heads.Count == 0 || item is not OutputSpec);
        Check(trunk, parts.Heads.Count == 0, problems);
        foreach (var head in parts.Heads)
        {
            Check(head.Items, true, problems);
        }
    }

    /// <summary>A model, or one of its heads, or what stands before them, which does not end the model.</summary>
    private static void Check(IEnumerable<AttributeSpec> items, bool isEnd, List<Problem> problems)
    {
        var all = items.ToList();
        var computed = all
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
            else if (IsNormalizing(said.Activation) && (!isEnd || computed[computed.Count - 1] != item))
            {
                problems.Add(Problem.Of(Descriptors.Softmax, said.Place, said.Activation.ToString()));
            }
        }

        foreach (var loss in all.OfType<LossSpec>())
        {
            if (!Enum.IsDefined(typeof(Reduction), loss.Reduction))
            {
                problems.Add(Problem.Of(Descriptors.Member, loss.Place, loss.Attribute, loss.Reduction.ToString()));
            }

            if (loss.Class is { IsLoss: false } named)
            {
                problems.Add(Problem.Of(Descriptors.NotALoss, named.ClassPlace, named.FullName));
            }

            Options(loss, loss.Options, problems);
        }

        if (all.OfType<LossSpec>().FirstOrDefault() is { } first
            && computed.LastOrDefault(item => item is LayerSpec or DenseSpec or ActivationSpec) is { } last && Activation(last) is { } end
            && Wish(first.Kind, end.Activation) is { } wish)
        {
            problems.Add(Problem.Of(Descriptors.LossActivation, end.Place, first.Attribute, wish, end.Activation.ToString()));
        }
    }

    /// <summary>Whether the outputs of a model or of a head are all quantiles of its targets, or all that equations compare with
    /// them.</summary>
    public static void CheckOutputs(LossSpec? of, int outputs, List<Problem> problems)
    {
        if (of is { Options.Quantiles.Count: > 0 and var quantiles } loss
            && outputs % quantiles != 0)
        {
            problems.Add(Problem.Of(Descriptors.Quantiles, loss.Place, string.Format(
                CultureInfo.InvariantCulture,
                "wants {0} outputs for each target, and {1} outputs are no multiple of it", quantiles, outputs)));
        }

        if (of?.Class is { } named && outputs % named.Outputs != 0)
        {
            problems.Add(Problem.Of(
                Descriptors.LossOutputs, named.ClassPlace, named.FullName, named.Outputs.ToString(CultureInfo.InvariantCulture),
                outputs.ToString(CultureInfo.InvariantCulture)));
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

    private static void Options(LossSpec loss, LossOptions options, List<Problem> problems)
    {
        if (!(options.LabelSmoothing >= 0 && (float)options.LabelSmoothing < 1))
        {
            problems.Add(Problem.Of(
                Descriptors.Rate, options.LabelSmoothingPlace, "LabelSmoothing", "at least 0 and below 1", Text(options.LabelSmoothing)));
        }

        if (!((float)options.Delta > 0 && options.Delta <= float.MaxValue))
        {
            problems.Add(Problem.Of(Descriptors.Rate, options.DeltaPlace, "Delta", "a finite number above 0", Text(options.Delta)));
        }

        if (loss.Kind == LossKind.Quantile && options.Quantiles.Count == 0)
        {
            problems.Add(Problem.Of(Descriptors.Quantiles, loss.Place, "names no quantile, as in [Quantile(0.1, 0.5, 0.9)]"));
        }

        // As kernels see them: single precision.
        for (var i = 0; i < options.Quantiles.Count; i++)
        {
            var quantile = (float)options.Quantiles[i];
            var said = Text(options.Quantiles[i]);
            var mistake =
                !(quantile > 0 && quantile < 1) ? "wants quantiles above 0 and below 1, not " + said
                : i > 0 && !(quantile > (float)options.Quantiles[i - 1])
                    ? $"wants quantiles in ascending order, each once, not {said} after {Text(options.Quantiles[i - 1])}"
                : null;
            if (mistake is not null)
            {
                problems.Add(Problem.Of(Descriptors.Quantiles, options.QuantilePlaces[i], mistake));
                return;
            }
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // A graph never computes softmax: a squared error would be one of the numbers before it.
    private static string? Wish(LossKind loss, DenseActivation activation) =>
        activation == DenseActivation.Linear || !Enum.IsDefined(typeof(DenseActivation), activation) ? null
        : loss is LossKind.SoftmaxCrossEntropy or LossKind.SigmoidBinaryCrossEntropy or LossKind.Ctc ? "logits"
        : IsNormalizing(activation) ? "outputs that the layer itself computes"
        : null;
}
