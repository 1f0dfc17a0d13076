namespace FastRnn.Files;

/// <summary>Turns the tensors of a file into the parameters of a model.</summary>
internal static class ModelFileLoader
{
    // 256 KB: what is read is still in a cache when it is summed and checked.
    private const int Piece = 1 << 16;

    /// <summary>Fills in the parameters, canonical order. Nothing is read before names, types and shapes are right; then it is read in the
    /// order of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="info">The model.</param>
    /// <param name="names">What its tensors are called in the file.</param>
    /// <param name="parameters">Receives every number, <c>[ParameterCount]</c>; what is in it after an exception is of no use.</param>
    /// <returns>The names of tensors that are none of the model's.</returns>
    public static IReadOnlyList<string> Load(SafeTensorsReader file, ModelInfo info, TensorNames names, Span<float> parameters)
    {
        if (Other(file) is { } other)
        {
            throw new ModelFileException(file.Path, other);
        }

        var tensors = ModelTensors.Of(info);
        var match = new TensorMatch(file, tensors, names);
        ModelFingerprint.Check(file, info, required: false);
        var found = tensors.Select(tensor => (Tensor: tensor, Entry: match.Find(tensor.Name)!)).Where(pair => pair.Entry is not null)
            .OrderBy(pair => pair.Entry.Begin).ToList();

        // What is added comes last, whatever the order of the tensors.
        foreach (var folded in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var (tensor, entry) in found)
            {
                var scale = match.FindScale(tensor.Name);
                var scales = scale is null ? null : Int8Tensors.ReadScales(file, scale);
                if (!folded)
                    file.SumUpTo(entry);

                ReadParts(file, entry, scales, tensor, folded, parameters);
            }
        }

        return match.Others;
    }

    /// <summary>What a file of ours is that is none of weights; null for all others.</summary>
    private static string? Other(SafeTensorsReader file) =>
        file.Metadata.ContainsKey("fastrnn.optimizer") && file.Find("trainer.parameters") is not null
            ? "it is a trainer's checkpoint and no file of weights: restore a trainer from it, and save its model"
        : file.Metadata.ContainsKey("fastrnn.state")
            ? "it is a state of streams and no file of weights: SessionState.Load reads it"
            : null;

    private static void ReadParts(
        SafeTensorsReader file, TensorEntry entry, float[]? scales, ModelTensor tensor, bool folded, Span<float> parameters)
    {
        var first = 0;
        foreach (var part in tensor.Parts)
        {
            if (part.Folded == folded)
            {
                var target = parameters.Slice(part.Offset, part.Count);
                var values = folded ? new float[part.Count] : target;
                for (var done = 0; done < values.Length; done += Piece)
                {
                    var piece = values.Slice(done, Math.Min(Piece, values.Length - done));
                    Read(file, entry, scales, first + done, piece);
                    CheckFinite(file, entry, first + done, piece);
                }

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

    private static void Read(SafeTensorsReader file, TensorEntry entry, float[]? scales, int first, Span<float> values)
    {
        if (scales is null)
            TensorConversion.Read(file, entry, first, values);
        else
            Int8Tensors.Read(file, entry, scales, first, values);
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
