using System.Globalization;

using FastRnn.Interchange.Onnx.Proto;

using Google.Protobuf;

using DataType = FastRnn.Interchange.Onnx.Proto.TensorProto.Types.DataType;

namespace FastRnn.Interchange.Export;

/// <summary>Makes of each Scan of an exported file its body once a step, by ONNX's definition of Scan, so that an evaluator without
/// sub-graphs can run the file on sequences of one length.</summary>
internal static class ScanUnroller
{
    /// <summary>Whether there is anything to do.</summary>
    public static bool Has(ModelProto model) => model.Graph.Node.Any(IsScan);

    /// <summary>The same for sequences of <paramref name="steps"/> steps.</summary>
    public static ModelProto Unroll(ModelProto model, int steps)
    {
        var result = model.Clone();
        result.Graph.Node.Clear();
        for (var t = 0; t < steps; t++)
            result.Graph.Initializer.Add(Integers($"unrolled.{N(t)}", [], t));
        result.Graph.Initializer.Add(Integers("unrolled.axis", [1], 0));
        foreach (var node in model.Graph.Node)
        {
            if (IsScan(node))
                Unroll(node, steps, result.Graph);
            else
                result.Graph.Node.Add(node);
        }

        return result;
    }

    private static void Unroll(NodeProto scan, int steps, GraphProto graph)
    {
        var body = scan.Attribute.Single(a => a.Name == "body").G;
        if (scan.Attribute.Single(a => a.Name == "num_scan_inputs").I != 1 || body.Output.Count != scan.Input.Count)
            throw new ForeignFileException($"node '{scan.Name}' (Scan): expected one input and one output that are scanned");
        var isBackward = scan.Attribute.Any(a => a.Name == "scan_input_directions" && a.Ints[0] == 1);
        string[] states = [.. scan.Input.SkipLast(1)];
        var outputs = new string[steps];
        for (var k = 0; k < steps; k++)
        {
            var t = isBackward ? steps - 1 - k : k;
            var tag = $"{scan.Name}.{N(k)}";
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var s = 0; s < states.Length; s++)
                names[body.Input[s].Name] = states[s];
            names[body.Input[^1].Name] = $"{tag}.slice";
            graph.Node.Add(new NodeProto
            {
                OpType = "Gather",
                Input = { scan.Input[^1], $"unrolled.{N(t)}" },
                Output = { $"{tag}.slice" },
            });
            foreach (var node in body.Node)
            {
                var copy = node.Clone();
                copy.Name = $"{tag}.{node.Name}";
                for (var i = 0; i < copy.Input.Count; i++)
                    copy.Input[i] = names.GetValueOrDefault(copy.Input[i], copy.Input[i]);
                for (var i = 0; i < copy.Output.Count; i++)
                    copy.Output[i] = names[copy.Output[i]] = $"{tag}.{copy.Output[i]}";
                graph.Node.Add(copy);
            }

            states = [.. body.Output.SkipLast(1).Select(o => names[o.Name])];
            outputs[t] = $"{tag}.stacked";
            graph.Node.Add(new NodeProto
            {
                OpType = "Unsqueeze",
                Input = { names[body.Output[^1].Name], "unrolled.axis" },
                Output = { outputs[t] },
            });
        }

        for (var s = 0; s < states.Length; s++)
        {
            if (scan.Output[s].Length > 0)
                graph.Node.Add(new NodeProto { OpType = "Identity", Input = { states[s] }, Output = { scan.Output[s] } });
        }

        if (scan.Output.Count > states.Length)
        {
            graph.Node.Add(new NodeProto
            {
                OpType = "Concat",
                Input = { outputs },
                Output = { scan.Output[^1] },
                Attribute = { OnnxAttribute.Integer("axis", 0) },
            });
        }
    }

    private static bool IsScan(NodeProto node) => node.OpType == "Scan";

    private static TensorProto Integers(string name, long[] shape, long value) => new()
    {
        Name = name,
        DataType = (int)DataType.Int64,
        Dims = { shape },
        RawData = ByteString.CopyFrom(BitConverter.GetBytes(value)),
    };

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
