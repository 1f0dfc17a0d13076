namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>Reads the shape of a data set or an attribute (HDF5 file format 3.0, IV.A.2.b).</summary>
internal static class HdfDataspace
{
    private const int MostDimensions = 32;

    /// <summary>The shape: empty for a single element.</summary>
    public static IReadOnlyList<long> Read(HdfBytes file, ReadOnlyMemory<byte> message, string what)
    {
        var data = new HdfCursor(file, message, $"{what}, its shape");
        var version = data.U8();
        int rank = data.U8();
        data.Skip(1);
        if (version is not (1 or 2) || rank > MostDimensions)
        {
            throw file.Wrong(
                $"{what}, its shape: expected version 1 or 2 and at most {MostDimensions} dimensions, got {version} and {rank}");
        }

        if (version == 1)
            data.Skip(5);
        else if (data.U8() == 2)
            return [0];

        var shape = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            var size = data.U64();
            if (size > int.MaxValue)
                throw file.Wrong($"{what}, its shape: expected at most {int.MaxValue} elements in dimension {i}, got {size}");
            shape[i] = (long)size;
        }

        return shape;
    }

    /// <summary>The number of elements.</summary>
    public static int Count(HdfBytes file, IReadOnlyList<long> shape, string what)
    {
        long count = 1;
        foreach (var size in shape)
        {
            if (size > 0 && count > int.MaxValue / size)
                throw file.Wrong($"{what} [{string.Join(", ", shape)}]: more elements than a file may have");
            count *= size;
        }

        return (int)count;
    }
}
