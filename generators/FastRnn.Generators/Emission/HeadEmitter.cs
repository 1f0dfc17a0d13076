using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the heads of a model.</summary>
internal static class HeadEmitter
{
    /// <summary>Nothing for a model whose last layer is its output.</summary>
    public static IEnumerable<string> Lines(ModelGraph model)
    {
        if (model.Heads.Count == 0)
        {
            yield break;
        }

        yield return "Heads =";
        yield return "[";
        var (offset, target, token) = (0, 0, 0);
        foreach (var head in model.Heads)
        {
            var options = string.Join(", ", Options(head, target, token));
            yield return $"    new({Names.Literal(head.Name)}, Offset: {CodeWriter.Number(offset)}, Size: {CodeWriter.Number(head.Size)}, "
                + $"global::FastRnn.LossKind.{head.Loss}){(options.Length == 0 ? "" : $" {{ {options} }}")},";
            offset += head.Size;
            target += head.TargetSize;
            token += head.TargetTokens;
        }

        yield return "],";
    }

    private static IEnumerable<string> Options(HeadGraph head, int target, int token)
    {
        if (head.Weight != 1)
        {
            yield return "Weight = " + CodeWriter.Double(head.Weight);
        }

        if (head.Options.LabelSmoothing != 0)
        {
            yield return "LabelSmoothing = " + CodeWriter.Double(head.Options.LabelSmoothing);
        }

        if (head.Options.HuberDelta != 1)
        {
            yield return "HuberDelta = " + CodeWriter.Double(head.Options.HuberDelta);
        }

        if (head.Options.Quantiles.Count > 0)
        {
            yield return $"Quantiles = [{string.Join(", ", head.Options.Quantiles.Select(CodeWriter.Double))}]";
        }

        if (head.Options.Equations.Length > 0)
        {
            yield return $"Equations = global::FastRnn.CompilerServices.LossEquations.Of<global::{head.Options.Equations}>()";
        }

        if (target != 0 && head.TargetSize > 0)
        {
            yield return "TargetOffset = " + CodeWriter.Number(target);
        }

        if (token != 0 && head.TargetTokens > 0)
        {
            yield return "TargetToken = " + CodeWriter.Number(token);
        }
    }
}
