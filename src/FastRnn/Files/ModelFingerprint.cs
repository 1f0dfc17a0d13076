using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using FastRnn.Models;

namespace FastRnn.Files;

/// <summary>A short text that differs between models whose numbers cannot be exchanged, even where all shapes agree.</summary>
public static class ModelFingerprint
{
    /// <summary>Where files keep it in their metadata.</summary>
    public const string MetadataKey = "fastrnn.model";

    /// <summary>16 hexadecimal digits from what the model computes: input, cells (by their full names), activations of dense layers,
    /// normalised outputs, sizes and names of parameters and states. The class's name and the loss are no part of it: they may change without
    /// making the numbers useless.</summary>
    /// <param name="info">The model.</param>
    public static string Of(ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{info.Input} {info.InputSize} {info.Vocabulary} {(info.SoftmaxOutput ? "softmax" : "none")}");
        foreach (var layer in info.Layers)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{layer.Cell} {layer.InputSize} {layer.HiddenSize}");
            foreach (var parameter in layer.Parameters)
                text.Append(CultureInfo.InvariantCulture, $" {parameter.Name}[{parameter.Rows},{parameter.Columns}]");

            foreach (var state in layer.States)
                text.Append(CultureInfo.InvariantCulture, $" {state.Name}[{state.Size}]");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

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
                $"it belongs to another model: expected {MetadataKey} '{Of(info)}' ({info.Name}), got {(got is null ? "none" : $"'{got}'")}");
        }
    }
}
