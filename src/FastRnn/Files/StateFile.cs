using System.Globalization;

using FastRnn.Execution;

namespace FastRnn.Files;

/// <summary>The states of streams as a safetensors file that knows its version, its model and its weights: one tensor <c>[B, D]</c> a
/// state.</summary>
internal static class StateFile
{
    private const string VersionKey = "fastrnn.state";
    private const string Version = "1";
    private const string BatchKey = "fastrnn.batch";

    /// <summary>Writes the states of <paramref name="batch"/> streams.</summary>
    /// <exception cref="ArgumentException">A number is not finite: what could not be loaded again is not written.</exception>
    public static void Write(Stream stream, ModelInfo info,
        ReadOnlySpan<float> parameters, int batch, IReadOnlyList<StateSlot> slots, IReadOnlyList<float[]> values)
    {
        for (var i = 0; i < slots.Count; i++)
        {
            var bad = ModelFile.IndexOfNotFinite(values[i]);
            if (bad >= 0)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{slots[i].Name}, element {bad}: expected a finite number, got {values[i][bad]}; nothing was written"));
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [VersionKey] = Version,
            [BatchKey] = batch.ToString(CultureInfo.InvariantCulture),
            [WeightsFingerprint.MetadataKey] = WeightsFingerprint.Of(parameters),
        };
        SafeTensorsWriter.Write(
            stream, [.. slots.Select((slot, i) => new TensorData(slot.Name, values[i], batch, slot.Size))],
            ModelFingerprint.AddTo(texts, info));
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Nothing is taken from memory before texts, names, types and shapes are
    /// right.</summary>
    /// <exception cref="ModelFileException">The file is no state, or one of another version, model or weights; or a number is not
    /// finite.</exception>
    public static (int Batch, float[][] Values) Read(
        SafeTensorsReader file, ModelInfo info, ReadOnlySpan<float> parameters, IReadOnlyList<StateSlot> slots)
    {
        Check(file, VersionKey, Version, "it is no state of this version");
        ModelFingerprint.Check(file, info, required: true);
        Check(file, WeightsFingerprint.MetadataKey, WeightsFingerprint.Of(parameters), $"it belongs to other weights of {info.Name}");

        var text = file.Metadata.GetValueOrDefault(BatchKey);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var batch) || batch < 1)
            throw new ModelFileException(file.Path, $"metadata '{BatchKey}': expected a number of streams from 1 on, got {Quote(text)}");

        foreach (var entry in file.Tensors)
        {
            if (!slots.Any(slot => slot.Name == entry.Name))
                throw new ModelFileException(file.Path,
                    $"tensor '{entry.Name}' is no state of the model: expected {string.Join(", ", slots.Select(slot => slot.Name))}");
        }

        var entries = slots.Select(slot => Entry(file, slot, batch)).ToArray();
        return (batch, [.. entries.Select(entry => Values(file, entry))]);
    }

    private static TensorEntry Entry(SafeTensorsReader file, StateSlot slot, int batch)
    {
        var entry = file.Find(slot.Name)
            ?? throw new ModelFileException(file.Path, $"tensor '{slot.Name}' {TensorEntry.Format([batch, slot.Size])} is missing");
        if (entry.Type != TensorType.F32 || !entry.Shape.SequenceEqual([batch, slot.Size]) || entry.Count > Array.MaxLength)
        {
            throw new ModelFileException(
                file.Path,
                $"tensor '{slot.Name}': expected F32 {TensorEntry.Format([batch, slot.Size])}, got {entry.Type} "
                    + $"{TensorEntry.Format(entry.Shape)}");
        }

        return entry;
    }

    private static float[] Values(SafeTensorsReader file, TensorEntry entry)
    {
        var values = new float[entry.Count];
        file.Read(entry, 0, values.AsSpan());
        var bad = ModelFile.IndexOfNotFinite(values);
        return bad < 0
            ? values
            : throw new ModelFileException(file.Path, string.Create(
                CultureInfo.InvariantCulture, $"tensor '{entry.Name}', element {bad}: expected a finite number, got {values[bad]}"));
    }

    private static void Check(SafeTensorsReader file, string key, string expected, string what)
    {
        var got = file.Metadata.GetValueOrDefault(key);
        if (got != expected)
            throw new ModelFileException(file.Path, $"{what}: expected {key} '{expected}', got {Quote(got)}");
    }

    private static string Quote(string? text) => text is null ? "none" : $"'{text}'";
}
