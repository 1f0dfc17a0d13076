namespace FastRnn.Files;

/// <summary>Holds the tensors of a header against the bytes that are there.</summary>
internal static class SafeTensorsLayout
{
    /// <summary>Every tensor has the bytes that its shape asks for, and together they cover the data: no byte twice, none left.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">What the header says.</param>
    /// <param name="dataBytes">Bytes behind the header.</param>
    /// <exception cref="ModelFileException">It is otherwise.</exception>
    public static void Check(string path, IReadOnlyList<TensorEntry> tensors, long dataBytes)
    {
        foreach (var tensor in tensors)
            CheckSize(path, tensor, dataBytes);

        var end = 0L;
        var before = "the header";
        foreach (var tensor in tensors.OrderBy(t => t.Begin).ThenBy(t => t.End))
        {
            if (tensor.Begin < end)
            {
                throw new ModelFileException(
                    path, $"tensor '{tensor.Name}' overlaps {before}: expected to begin at byte {end} of the data, got {tensor.Begin}");
            }

            if (tensor.Begin > end)
            {
                throw new ModelFileException(
                    path, $"tensor '{tensor.Name}' leaves a gap behind {before}: expected to begin at byte {end} of the data, "
                        + $"got {tensor.Begin}");
            }

            end = tensor.End;
            before = $"tensor '{tensor.Name}'";
        }

        if (end != dataBytes)
            throw new ModelFileException(path, $"behind {before}: expected the file to end after {end} bytes of data, got {dataBytes}");
    }

    private static void CheckSize(string path, TensorEntry tensor, long dataBytes)
    {
        if (tensor.Begin > tensor.End)
            throw new ModelFileException(path, $"tensor '{tensor.Name}': data_offsets are reversed: [{tensor.Begin}, {tensor.End}]");

        if (tensor.End > dataBytes)
        {
            throw new ModelFileException(
                path, $"tensor '{tensor.Name}': expected to end at byte {tensor.End} of the data, but the file holds {dataBytes}: "
                    + $"it is cut off");
        }

        long bytes;
        try
        {
            bytes = tensor.Shape.Aggregate((long)tensor.Type.Size(), (product, d) => checked(product * d));
        }
        catch (OverflowException e)
        {
            throw new ModelFileException(
                path, $"tensor '{tensor.Name}': the shape {TensorEntry.Format(tensor.Shape)} exceeds every file", e);
        }

        if (bytes != tensor.End - tensor.Begin)
        {
            throw new ModelFileException(
                path,
                $"tensor '{tensor.Name}': {tensor.Type} {TensorEntry.Format(tensor.Shape)} takes {bytes} bytes, "
                    + $"but data_offsets span {tensor.End - tensor.Begin}");
        }
    }
}
