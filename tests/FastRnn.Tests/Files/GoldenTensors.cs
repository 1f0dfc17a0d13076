using System.Globalization;

using FastRnn.Files;

namespace FastRnn.Tests.Files;

/// <summary>All tensors of a checked-in file, by name.</summary>
internal sealed class GoldenTensors
{
    private readonly Dictionary<string, double[]> values = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> metadata;

    private GoldenTensors(string path)
    {
        using var file = SafeTensorsReader.Open(path);
        metadata = file.Metadata;
        foreach (var tensor in file.Tensors)
            values[tensor.Name] = tensor.Type == TensorType.F32
                ? Array.ConvertAll(Read<float>(file, tensor), v => (double)v) : Read<double>(file, tensor);
    }

    private static T[] Read<T>(SafeTensorsReader file, TensorEntry tensor)
        where T : unmanaged
    {
        var read = new T[tensor.Count];
        file.Read(tensor, 0, read.AsSpan());
        return read;
    }

    /// <summary>The file <c>name.safetensors</c> of a folder of tests.</summary>
    public static GoldenTensors Load(string folder, string name) =>
        new(Path.Combine(AppContext.BaseDirectory, folder, "golden", name + ".safetensors"));

    /// <summary>A number of the metadata.</summary>
    public int Number(string key) => int.Parse(metadata[key], CultureInfo.InvariantCulture);

    public double[] Exact(string name) => values[name];

    /// <summary>Numbers that were written in single precision.</summary>
    public float[] Single(string name) => Array.ConvertAll(values[name], value => (float)value);
}
