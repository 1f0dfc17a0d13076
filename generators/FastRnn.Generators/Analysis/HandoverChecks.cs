using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether the states of an encoder fit those of the decoder that starts from them.</summary>
internal static class HandoverChecks
{
    public static void States(
        ModelParts parts, IReadOnlyList<RecurrentKernel> encoder, Func<LayerSpec, CellGraph> resolve, List<Problem> problems)
    {
        var decoder = parts.Main.OfType<LayerSpec>().ToList();
        if (Mistake(parts, encoder, decoder, resolve) is { } mistake)
        {
            problems.Add(Problem.Of(Descriptors.Handover, parts.Decoder!.Place, mistake, "Handover.Bridge"));
        }
    }

    private static string? Mistake(
        ModelParts parts, IReadOnlyList<RecurrentKernel> encoder, List<LayerSpec> decoder, Func<LayerSpec, CellGraph> resolve)
    {
        if (parts.Source.Concat(parts.Main).OfType<LayerSpec>().Any(l => l.Options.Bidirectional))
        {
            return "a layer is bidirectional";
        }

        if (encoder.Count != decoder.Count)
        {
            return $"the encoder has {Count(encoder.Count)} and the decoder {Count(decoder.Count)}";
        }

        for (var i = 0; i < decoder.Count; i++)
        {
            var (given, wanted) = (Sizes(encoder[i].Declared), Sizes(
                new LayerGraph(resolve(decoder[i]), false, DenseActivation.Linear, 1, decoder[i].HiddenSize, decoder[i].Dimensions)));
            if (given != wanted)
            {
                return $"recurrent layer {i} of the encoder has states of {given} numbers, that of the decoder of {wanted}";
            }
        }

        return null;
    }

    private static string Count(int layers) => layers == 1 ? "1 recurrent layer" : layers + " recurrent layers";

    private static string Sizes(LayerGraph layer) => string.Join(" and ", layer.Cell.States.Select(s => layer.Size(s.Dimension)));
}
