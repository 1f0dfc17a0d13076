using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>ONNX's own tests of operators: a folder for each with model.onnx and test_data_set_N/input_N.pb, output_N.pb. They are not part
/// of this repository: onnx-node-tests.sh gets them.</summary>
internal static class NodeTestData
{
    /// <summary>Names the folder that holds them.</summary>
    public const string Variable = "FASTRNN_ONNX_NODE_TESTS";

    /// <summary>The folder; null if the variable is not set.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <summary>Why they cannot run; null if they can.</summary>
    public static string? Missing => Folder is null ? $"{Variable} names no folder with ONNX's node tests (see onnx-node-tests.sh)" : null;

    /// <summary>Names of all tests.</summary>
    public static IReadOnlyList<string> Names => Folder is null ? []
        : [.. Directory.EnumerateDirectories(Folder, "test_*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Whether it tests a recurrent operator.</summary>
    public static bool IsRecurrent(string name) =>
        name.StartsWith("test_lstm_", StringComparison.Ordinal) || name.StartsWith("test_gru_", StringComparison.Ordinal)
        || name.Contains("rnn_", StringComparison.Ordinal);

    /// <summary>Whether it tests what is refused here (a Dropout that trains), or its data says another type than its model (bfloat16 as
    /// uint16).</summary>
    public static bool IsOutside(string name) =>
        name.StartsWith("test_training_dropout", StringComparison.Ordinal)
        || (name.StartsWith("test_cast", StringComparison.Ordinal) && name.Contains("BFLOAT16", StringComparison.Ordinal));

    /// <summary>Runs a test; says how its outputs are wrong, or nothing.</summary>
    public static string? Run(string name)
    {
        var folder = Path.Combine(Folder!, name);
        var model = OnnxModel.Read(Path.Combine(folder, "model.onnx"));
        foreach (var set in Directory.EnumerateDirectories(folder, "test_data_set_*"))
        {
            var inputs = new Dictionary<string, Tensor>();
            foreach (var input in model.Inputs)
                inputs[input.Name] = ReadTensor(set, $"input_{inputs.Count}.pb");
            var outputs = new OnnxEvaluator(model).Run(inputs);
            for (var i = 0; i < model.Outputs.Count; i++)
            {
                if (Difference(ReadTensor(set, $"output_{i}.pb"), outputs[model.Outputs[i].Name]) is { } difference)
                    return $"{name}, output {i}: {difference}";
            }
        }

        return null;
    }

    private static Tensor ReadTensor(string set, string file) =>
        Tensor.Of(OnnxTensorReader.ReadFile(Path.Combine(set, file)));

    // ONNX's own runner compares with a relative tolerance of 1e-3; here only what half precision needs is larger than single precision's.
    private static string? Difference(Tensor expected, Tensor actual)
    {
        if (expected.Type != actual.Type || !expected.Shape.SequenceEqual(actual.Shape))
            return $"expected {expected.Type} {expected.ShapeText()}, got {actual.Type} {actual.ShapeText()}";
        var tolerance = expected.Type switch
        {
            ElementType.Float16 => 1e-3,
            ElementType.BFloat16 => 1e-2,
            var type => type.IsFloating() ? 2e-6 : 0,
        };
        for (var i = 0; i < expected.Count; i++)
        {
            var (e, a) = (expected.Values[i], actual.Values[i]);
            if (!e.Equals(a) && !(Math.Abs(e - a) <= tolerance * Math.Max(1, Math.Abs(e))))
                return $"element {i}: expected {e}, got {a}";
        }

        return null;
    }
}
