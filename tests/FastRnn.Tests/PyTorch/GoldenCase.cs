using FastRnn.Files;

namespace FastRnn.Tests.PyTorch;

/// <summary>What PyTorch computed, in double precision, for one module: see <c>make_golden.py</c>.</summary>
internal sealed class GoldenCase
{
    private static readonly string Folder = System.IO.Path.Combine(AppContext.BaseDirectory, "PyTorch", "golden");

    private readonly Dictionary<string, float[]> given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> solved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<long>> shapes = new(StringComparer.Ordinal);

    private GoldenCase(string name)
    {
        Name = name;
        using var file = SafeTensorsReader.Open(PathOf(name));
        Cell = file.Metadata["cell"];
        int Number(string key) => int.Parse(file.Metadata[key], System.Globalization.CultureInfo.InvariantCulture);
        (Input, Hidden, Layers, Steps, Batch) = (Number("input"), Number("hidden"), Number("layers"), Number("steps"), Number("batch"));
        foreach (var tensor in file.Tensors)
        {
            shapes.Add(tensor.Name, tensor.Shape);
            if (tensor.Type == TensorType.F32)
                file.Read(tensor, 0, (given[tensor.Name] = new float[tensor.Count]).AsSpan());
            else
                file.Read(tensor, 0, (solved[tensor.Name] = new double[tensor.Count]).AsSpan());
        }
    }

    /// <summary>The names of all cases, such as <c>lstm_i3_h5_l2</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*_l?.safetensors")
            .Select(f => System.IO.Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public string Name { get; }

    /// <summary>elman, elmanrelu, lstm or gru.</summary>
    public string Cell { get; }

    public int Input { get; }

    public int Hidden { get; }

    public int Layers { get; }

    public int Steps { get; }

    public int Batch { get; }

    /// <summary>The carried states in the order of the cell: h, and c of an LSTM.</summary>
    public IReadOnlyList<string> States => Cell == "lstm" ? ["h", "c"] : ["h"];

    /// <summary>The bound of the design on relative errors, forward: oneDNN's own.</summary>
    public double ForwardBound => 4 * Math.Ceiling(Math.Log2((Input + Hidden) * Steps)) * Math.Pow(2, -23);

    /// <summary>The same, backward.</summary>
    public double BackwardBound => 2 * ForwardBound;

    public static GoldenCase Load(string name) => new(name);

    /// <summary>The path of a file of the folder.</summary>
    public static string PathOf(string name) => System.IO.Path.Combine(Folder, name + ".safetensors");

    /// <summary>x [T, B, I], h0 and c0 [L, B, H], dy [T, B, H], dhn and dcn [L, B, H], and weights by PyTorch's names.</summary>
    public ReadOnlySpan<float> Given(string name) => given[name];

    /// <summary>y [T, B, H], hn and cn [L, B, H], and <c>grad.</c> before the names of weights, x, h0 and c0.</summary>
    public ReadOnlySpan<double> Solved(string name) => solved[name];

    public IReadOnlyList<long> Shape(string name) => shapes[name];

    /// <summary>A layer's part [B, H] of a stack [L, B, H].</summary>
    public Range Layer(int layer) => (layer * Batch * Hidden)..((layer + 1) * Batch * Hidden);

    /// <summary>The weights in canonical order, second biases added.</summary>
    public float[] Parameters(ModelInfo info)
    {
        var parameters = new float[info.ParameterCount];
        foreach (var tensor in ModelTensors.Of(info))
        {
            Assert.Equal(tensor.Shape, shapes[tensor.Name]);
            var first = 0;
            foreach (var part in tensor.Parts)
            {
                for (var i = 0; i < part.Count; i++)
                    parameters[part.Offset + i] += given[tensor.Name][first + i];
                first += part.Count;
            }
        }

        return parameters;
    }
}
