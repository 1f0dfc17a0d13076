namespace FastRnn.Files;

/// <summary>Turns the tensors of a file into the parameters of a model.</summary>
internal static class ModelFileLoader
{
    /// <summary>The parameters in canonical order. Nothing is taken from memory before names, types and shapes are right.</summary>
    /// <param name="file">The file.</param>
    /// <param name="info">The model.</param>
    /// <param name="names">What its tensors are called in the file.</param>
    /// <param name="extra">Receives the names of tensors that are none of the model's.</param>
    public static float[] Load(SafeTensorsReader file, ModelInfo info, TensorNames names, out IReadOnlyList<string> extra)
    {
        if (Other(file) is { } other)
        {
            throw new ModelFileException(file.Path, other);
        }

        var tensors = ModelTensors.Of(info);
        var match = new TensorMatch(file, tensors, names);
        extra = match.Others;
        ModelFingerprint.Check(file, info, required: false);

        var parameters = new float[info.ParameterCount];
        // What is added comes last, whatever the order of the tensors.
        foreach (var folded in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var tensor in tensors)
            {
                if (match.Find(tensor.Name) is { } entry)
                    ReadParts(file, entry, match.FindScale(tensor.Name), tensor, folded, parameters);
            }
        }

        return parameters;
    }

    /// <summary>What a file of ours is that is none of weights; null for all others.</summary>
    private static string? Other(SafeTensorsReader file) =>
        file.Metadata.ContainsKey("fastrnn.optimizer") && file.Find("trainer.parameters") is not null
            ? "it is a trainer's checkpoint and no file of weights: restore a trainer from it, and save its model"
        : file.Metadata.ContainsKey("fastrnn.state")
            ? "it is a state of streams and no file of weights: SessionState.Load reads it"
            : null;

    private static void ReadParts(
        SafeTensorsReader file, TensorEntry entry, TensorEntry? scale, ModelTensor tensor, bool folded, float[] parameters)
    {
        var scales = scale is null ? null : Int8Tensors.ReadScales(file, scale);
        var first = 0;
        foreach (var part in tensor.Parts)
        {
            if (part.Folded == folded)
            {
                var target = parameters.AsSpan(part.Offset, part.Count);
                var values = folded ? new float[part.Count] : target;
                if (scales is null)
                    TensorConversion.Read(file, entry, first, values);
                else
                    Int8Tensors.Read(file, entry, scales, first, values);

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
