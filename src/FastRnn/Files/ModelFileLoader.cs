namespace FastRnn.Files;

/// <summary>Turns the tensors of a file into the parameters of a model.</summary>
internal static class ModelFileLoader
{
    /// <summary>The parameters in canonical order. Nothing is taken from memory before names, types and shapes are right.</summary>
    public static float[] Load(SafeTensorsReader file, ModelInfo info)
    {
        var tensors = ModelTensors.Of(info);
        CheckTensors(file, tensors);
        ModelFingerprint.Check(file, info, required: false);

        var parameters = new float[info.ParameterCount];
        // What is added comes last, whatever the order of the tensors.
        foreach (var folded in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var tensor in tensors)
            {
                if (file.Find(tensor.Name) is { } entry)
                    ReadParts(file, entry, tensor, folded, parameters);
            }
        }

        return parameters;
    }

    private static void CheckTensors(SafeTensorsReader file, IReadOnlyList<ModelTensor> tensors)
    {
        var known = tensors.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in file.Tensors)
        {
            if (!known.Contains(entry.Name))
            {
                throw new ModelFileException(
                    file.Path, $"tensor '{entry.Name}' is unknown to the model: expected {string.Join(", ", tensors.Select(t => t.Name))}");
            }
        }

        foreach (var tensor in tensors)
        {
            var entry = file.Find(tensor.Name);
            if (entry is null && !tensor.IsOptional)
                throw new ModelFileException(file.Path, $"tensor '{tensor.Name}' {TensorEntry.Format(tensor.Shape)} is missing");

            if (entry is not null && !entry.Shape.SequenceEqual(tensor.Shape))
            {
                throw new ModelFileException(
                    file.Path,
                    $"tensor '{tensor.Name}': expected the shape {TensorEntry.Format(tensor.Shape)}, "
                        + $"got {TensorEntry.Format(entry.Shape)}");
            }

            if (entry is not null && !TensorConversion.CanRead(entry.Type))
                throw new ModelFileException(file.Path, $"tensor '{tensor.Name}': expected F32 (or F64, F16, BF16), got {entry.Type}");
        }
    }

    private static void ReadParts(SafeTensorsReader file, TensorEntry entry, ModelTensor tensor, bool folded, float[] parameters)
    {
        var first = 0;
        foreach (var part in tensor.Parts)
        {
            if (part.Folded == folded)
            {
                var target = parameters.AsSpan(part.Offset, part.Count);
                var values = folded ? new float[part.Count] : target;
                TensorConversion.Read(file, entry, first, values);
                CheckFinite(file, entry, first, values);
                if (folded)
                {
                    for (var i = 0; i < target.Length; i++)
                        target[i] += values[i];

                    CheckFinite(file, entry, first, target);
                }
            }

            first += part.Count;
        }
    }

    private static void CheckFinite(SafeTensorsReader file, TensorEntry entry, int first, ReadOnlySpan<float> values)
    {
        var bad = ModelFile.IndexOfNotFinite(values);
        if (bad >= 0)
        {
            throw new ModelFileException(
                file.Path,
                $"tensor '{entry.Name}', element {first + bad}: expected a finite number in single precision, got {values[bad]}");
        }
    }
}
