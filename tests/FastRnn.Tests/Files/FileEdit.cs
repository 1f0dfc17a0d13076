using FastRnn.Files;

namespace FastRnn.Tests.Files;

/// <summary>Tensors of a file, to be written again.</summary>
internal static class FileEdit
{
    /// <summary>A tensor as it is, under another name.</summary>
    public static TensorData Copy(SafeTensorsReader file, TensorEntry tensor, string name)
    {
        long[] shape = [.. tensor.Shape];
        if (tensor.Type == TensorType.F32)
        {
            var values = new float[tensor.Count];
            file.Read(tensor, 0, values);
            return new(name, values, shape);
        }

        var bytes = new sbyte[tensor.Count];
        file.Read(tensor, 0, bytes);
        return Integers(name, bytes, shape);
    }

    /// <summary>A tensor of I8.</summary>
    public static TensorData Integers(string name, sbyte[] values, params long[] shape) =>
        new(name, TensorType.I8, shape, values.Length, stream => TensorData.Write<sbyte>(stream, values));
}
