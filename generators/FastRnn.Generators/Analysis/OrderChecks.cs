using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether a model, or each of encoder and decoder, is its inputs and then layers; and the whole ends with at most one
/// loss.</summary>
internal static class OrderChecks
{
    public static void Check(ModelSpec model, ModelParts parts, List<Problem> problems)
    {
        var name = $"'{model.Class.PlainName}'";
        Markers(parts, name, problems);
        var losses = model.Attributes.OfType<LossSpec>().ToList();
        HeadChecks.Check(parts, problems);
        if (losses.Count > 1 && parts.Heads.Count == 0)
        {
            problems.Add(Problem.Of(Descriptors.TwoLosses, losses[1].Place, model.Class.PlainName));
        }

        if (problems.Count > 0)
        {
            return;
        }

        if (parts.Encoder is not null)
        {
            Part(parts.Source, [], "The encoder of " + name, parts.Encoder.Place, problems);
        }

        Part(
            parts.Main, parts.Heads.SelectMany(head => head.Layers), parts.Decoder is null ? name : "The decoder of " + name,
            parts.Decoder?.Place ?? model.NamePlace, problems);
        if (problems.Count == 0 && losses.Count == 1 && parts.Heads.Count == 0 && parts.Main[parts.Main.Count - 1] != losses[0])
        {
            problems.Add(Problem.Of(Descriptors.Order, losses[0].Place, losses[0].Attribute, "early"));
        }
    }

    private static void Markers(ModelParts parts, string name, List<Problem> problems)
    {
        var (place, mistake) = (parts.Encoder, parts.Decoder) switch
        {
            ({ } encoder, null) => (encoder.Place, "an encoder and no decoder"),
            (null, { } decoder) => (decoder.Place, "a decoder and no encoder"),
            ({ } encoder, { } decoder) when decoder.Place.Start < encoder.Place.Start => (decoder.Place, "its decoder before its encoder"),
            _ => parts.Before.Count > 0 ? (parts.Before[0].Place, $"[{parts.Before[0].Attribute}] before its encoder") : (default, ""),
        };
        if (mistake.Length > 0)
        {
            problems.Add(Problem.Of(Descriptors.EncoderDecoder, place, name, mistake));
        }
    }

    private static void Part(
        IReadOnlyList<AttributeSpec> items, IEnumerable<AttributeSpec> heads, string name, Place place, List<Problem> problems)
    {
        var inputs = items.OfType<InputSpec>().ToList();
        var before = problems.Count;
        if (inputs.Count == 0)
        {
            problems.Add(Problem.Of(Descriptors.NoInput, place, name));
        }

        var vectors = inputs.Where(input => input.Kind == InputKind.Vector).ToList();
        if (vectors.Count > 1)
        {
            problems.Add(Problem.Of(Descriptors.TwoInputs, vectors[1].Place, name));
        }

        if (!items.Concat(heads).Any(item => item is LayerSpec or DenseSpec))
        {
            problems.Add(Problem.Of(Descriptors.NoLayers, place, name));
        }

        for (var i = 0; i < inputs.Count && problems.Count == before; i++)
        {
            if (items[i] != inputs[i])
            {
                problems.Add(Problem.Of(Descriptors.Order, inputs[i].Place, inputs[i].Attribute, "late"));
            }
        }
    }
}
