using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using FastRnn.CompilerServices;
using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Weights;

/// <summary>The runtime's <c>ModelFingerprint</c>, computed before there is a model: 16 hexadecimal digits from what it computes. Tests
/// hold both together.</summary>
internal static class Fingerprint
{
    public const string MetadataKey = "fastrnn.model";

    public static string Of(ModelGraph model)
    {
        var text = new StringBuilder();
        var output = model.SoftmaxOutput ? "softmax" : model.LogSoftmaxOutput ? "logsoftmax" : "none";
        text.Append($"{model.Input} {N(model.InputSize)} {N(model.Vocabulary)} {output}");
        if (model.Source is not null || model.ConditionSize > 0)
        {
            text.Append(
                $"\n{model.Source?.Input} {(model.Source is { } s ? N(s.InputSize) : "")} {(model.Source is { } v ? N(v.Vocabulary) : "")} "
                    + $"{N(model.ConditionSize)}");
        }

        foreach (var (kind, inputs) in new[] { (model.Input, model.Inputs), (model.Source?.Input, model.Source?.Inputs) })
        {
            if (kind == InputKind.Mixed)
            {
                text.Append('\n').Append(string.Join(" ", inputs!.Select(i => $"{i.Kind}[{N(i.Size)},{N(i.Vocabulary)}]")));
            }
        }

        var places = new int[model.Layers.Count];
        var next = 0;
        for (var l = 0; l < places.Length; l++)
        {
            var layer = model.Layers[l];
            if (layer.Wiring.Operation == LayerOperation.Dropout)
            {
                places[l] = Place(places, layer.Wiring.Sources[0]);
                continue;
            }

            places[l] = next++;
            text.Append($"\n{layer.CellName} {N(layer.InputSize)} {N(layer.HiddenSize)}");
            foreach (var parameter in layer.Cell.Parameters)
            {
                text.Append(
                    $" {parameter.Name}[{N(layer.Size(parameter.Rows))},{N(parameter.IsVector ? 0 : layer.Size(parameter.Columns))}]");
            }

            for (var i = 0; i < layer.Cell.States.Count; i++)
            {
                if (i >= layer.Wiring.Starts.Count || !layer.Wiring.Starts[i].IsMask)
                {
                    text.Append($" {layer.Cell.States[i].Name}[{N(layer.Size(layer.Cell.States[i].Dimension))}]");
                }
            }

            text.Append(Wiring(layer.Wiring, places, l));
        }

        using var sha = SHA256.Create();
        return string.Concat(
            sha.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())).Take(8).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>Nothing for a layer of a chain, as it was before chains said how they are wired.</summary>
    private static string Wiring(WiringGraph wiring, int[] places, int layer)
    {
        var sources = string.Join(" ", wiring.Sources.Select(source => N(Place(places, source))));
        var starts = wiring.Starts
            .Where(start => start.Kind is not (StartKind.Zero or StartKind.Random or StartKind.Mask or StartKind.Masked))
            .Select(start => start.Kind == StartKind.Zoneout
                ? $" Zoneout {N(start.Index)} {((float)start.Value).ToString("R", CultureInfo.InvariantCulture)}"
                : $" {start.Kind} {N(start.Kind == StartKind.Learned ? start.Index : Place(places, start.Index))} {N(start.State)}")
            .ToList();
        return wiring is { Operation: LayerOperation.Kernel, Domain: TimeDomain.Main }
            && sources == N(places[layer] - 1) && starts.Count == 0
            ? ""
            : $" {wiring.Domain} {sources} {((float)wiring.Rate).ToString("R", CultureInfo.InvariantCulture)}{string.Concat(starts)}";
    }

    private static int Place(int[] places, int source) => source < 0 ? source : places[source];

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);
}
