using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using FastRnn.CompilerServices;

namespace FastRnn.Files;

/// <summary>A short text that differs between models whose numbers cannot be exchanged, even where all shapes agree.</summary>
public static class ModelFingerprint
{
    /// <summary>Where files keep it in their metadata.</summary>
    public const string MetadataKey = "fastrnn.model";

    /// <summary>16 hexadecimal digits from what the model computes: input, cells (by their full names), activations of dense layers,
    /// normalised outputs, sizes and names of parameters and states, and how layers are wired if they are more than a chain. The class's
    /// name, the loss, dropout and random initial states are no part of it: they may change without making the numbers useless.</summary>
    /// <param name="info">The model.</param>
    public static string Of(ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var text = new StringBuilder();
        var output = info.SoftmaxOutput ? "softmax" : info.LogSoftmaxOutput ? "logsoftmax" : "none";
        text.Append(CultureInfo.InvariantCulture, $"{info.Input} {info.InputSize} {info.Vocabulary} {output}");
        if (info.Source is not null || info.ConditionSize > 0)
            text.Append(CultureInfo.InvariantCulture,
                $"\n{info.Source?.Input} {info.Source?.InputSize} {info.Source?.Vocabulary} {info.ConditionSize}");

        // One input is said above.
        foreach (var inputs in new[] { (info.Input, info.Inputs), (info.Source?.Input, info.Source?.Inputs) })
        {
            if (inputs.Item1 == InputKind.Mixed)
            {
                text.Append('\n').AppendJoin(' ', inputs.Item2!.Select(input =>
                    FormattableString.Invariant($"{input.Kind}[{input.Size},{input.Vocabulary}]")));
            }
        }

        // Where each layer stands when dropout, which inference does not know, is taken out.
        var places = new int[info.Layers.Count];
        var next = 0;
        for (var l = 0; l < places.Length; l++)
        {
            var layer = info.Layers[l];
            if (layer.Wiring.Operation == LayerOperation.Dropout)
            {
                places[l] = Place(layer.Wiring.Sources[0]);
                continue;
            }

            places[l] = next++;
            text.Append(CultureInfo.InvariantCulture, $"\n{layer.Cell} {layer.InputSize} {layer.HiddenSize}");
            foreach (var parameter in layer.Parameters)
                text.Append(CultureInfo.InvariantCulture, $" {parameter.Name}[{parameter.Rows},{parameter.Columns}]");

            foreach (var (state, i) in layer.States.Select((state, i) => (state, i)))
            {
                if (layer.Wiring.Starts.ElementAtOrDefault(i)?.IsMask != true)
                    text.Append(CultureInfo.InvariantCulture, $" {state.Name}[{state.Size}]");
            }

            text.Append(Wiring(layer.Wiring, places[l], Place));
        }

        int Place(int source) => source < 0 ? source : places[source];

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    /// <summary>Nothing for a layer that reads the one before and starts from zeros, as in a chain.</summary>
    private static string Wiring(LayerWiring wiring, int layer, Func<int, int> place)
    {
        var sources = string.Join(' ', wiring.Sources.Select(source => Text(place(source))));
        var starts =
            wiring.Starts.Where(start => start.Kind is not (StartKind.Zero or StartKind.Random or StartKind.Mask or StartKind.Masked))
            .Select(start => start.Kind == StartKind.Zoneout
                ? $" Zoneout {Text(start.Index)} {start.Value.ToString("r", CultureInfo.InvariantCulture)}"
                : $" {start.Kind} {Text(start.Kind == StartKind.Learned ? start.Index : place(start.Index))} {Text(start.State)}").ToList();
        return wiring.Operation == LayerOperation.Kernel && wiring.Domain == TimeDomain.Main && sources == Text(layer - 1)
            && starts.Count == 0
            ? ""
            : $" {wiring.Domain} {sources} {wiring.Rate.ToString("r", CultureInfo.InvariantCulture)}{string.Concat(starts)}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The fingerprint together with what the caller wants to store.</summary>
    internal static Dictionary<string, string> AddTo(IReadOnlyDictionary<string, string>? metadata, ModelInfo info)
    {
        var all = metadata is null ? [] : new Dictionary<string, string>(metadata, StringComparer.Ordinal);
        // What was loaded from a file of this model may be saved again as it is.
        if (!all.TryAdd(MetadataKey, Of(info)) && all[MetadataKey] != Of(info))
            throw new ArgumentException($"'{MetadataKey}': expected '{Of(info)}', got '{all[MetadataKey]}'", nameof(metadata));

        return all;
    }

    /// <summary>Refuses a file of another model.</summary>
    internal static void Check(SafeTensorsReader file, ModelInfo info, bool required)
    {
        if (file.Metadata.TryGetValue(MetadataKey, out var got) ? got != Of(info) : required)
        {
            throw new ModelFileException(
                file.Path,
                $"it belongs to another model: expected {MetadataKey} '{Of(info)}' ({info.Name}), "
                    + $"got {(got is null ? "none" : $"'{got}'")}");
        }
    }
}
