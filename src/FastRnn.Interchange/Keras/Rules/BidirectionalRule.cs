using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>Both directions; a sequence of the backward one is turned back before they are merged.</summary>
internal sealed class BidirectionalRule(KerasLayer layer, IKerasRule forward, IKerasRule backward) : IKerasRule
{
    private readonly string merge = layer.Option("merge_mode") is null ? "None" : layer.Text("merge_mode")!;

    public KerasFlow Apply(KerasFlow input)
    {
        var (ahead, back) = (forward.Apply(input), backward.Apply(input));
        var (units, other) = (ahead.Features, back.Features);
        if (merge is not ("concat" or "sum" or "ave" or "mul") || (merge != "concat" && units != other) || ahead.Steps != back.Steps)
            throw new ForeignFileException($"{layer.Where}: cannot merge {units} and {other} numbers of a step by '{merge}'");

        var output = ahead with { Values = new Tensor([.. ahead.Values.Shape[..^1], merge == "concat" ? units + other : units]) };
        for (var b = 0; b < input.Batch; b++)
        {
            for (var t = 0; t < ahead.Steps; t++)
                Merge(ahead.Vector(b, t), back.Vector(b, ahead.Steps - 1 - t), output.Vector(b, t));
        }

        return output;
    }

    private void Merge(ReadOnlySpan<double> ahead, ReadOnlySpan<double> back, Span<double> merged)
    {
        if (merge == "concat")
        {
            ahead.CopyTo(merged);
            back.CopyTo(merged[ahead.Length..]);
            return;
        }

        for (var k = 0; k < merged.Length; k++)
        {
            merged[k] = merge switch
            {
                "sum" => ahead[k] + back[k],
                "ave" => (ahead[k] + back[k]) / 2,
                _ => ahead[k] * back[k],
            };
        }
    }
}
