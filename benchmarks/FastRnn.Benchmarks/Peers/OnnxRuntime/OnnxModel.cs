using System.Runtime.InteropServices;

using FastRnn.Interchange.Onnx.Proto;

using Google.Protobuf;
using Google.Protobuf.Collections;

namespace FastRnn.Benchmarks.Peers.OnnxRuntime;

/// <summary>Writes a workload as an ONNX model: one recurrent node a layer, all shapes fixed. With weights in int8 the node is ONNX
/// Runtime's own DynamicQuantizeLSTM, which rounds each step's x and h as it runs; GRU and Elman have no such node.</summary>
internal sealed class OnnxModel
{
    private const string OwnDomain = "com.microsoft";

    private readonly Workload workload;
    private readonly GraphProto graph = new() { Name = "peer" };

    private OnnxModel(Workload workload) => this.workload = workload;

    /// <summary>The model as bytes.</summary>
    public static byte[] Write(Workload workload, IReadOnlyList<LayerWeights> weights)
    {
        var writer = new OnnxModel(workload);
        writer.AddLayers(weights);
        return new ModelProto
        {
            IrVersion = 7,
            ProducerName = "FastRnn.Benchmarks",
            Graph = writer.graph,
            OpsetImport = { new OperatorSetIdProto { Version = 14 }, new OperatorSetIdProto { Domain = OwnDomain, Version = 1 } },
        }.ToByteArray();
    }

    private void AddLayers(IReadOnlyList<LayerWeights> weights)
    {
        graph.Input.Add(Info(OnnxNames.X, workload.Steps, workload.Batch, workload.InputSize));
        var x = OnnxNames.X;
        for (var layer = 0; layer < workload.Layers; layer++)
        {
            AddLayer(layer, x, weights[layer]);
            if (layer < workload.Layers - 1)
            {
                x = AddSqueeze(layer);
            }
        }

        graph.Output.Add(Info(OnnxNames.Y(workload.Layers - 1), workload.Steps, 1, workload.Batch, workload.HiddenSize));
    }

    private void AddLayer(int layer, string x, LayerWeights weights)
    {
        var node = new NodeProto
        {
            Name = $"layer{layer}",
            OpType = workload.Cell switch { CellKind.Lstm => "LSTM", CellKind.Gru => "GRU", _ => "RNN" },
            Attribute = { Attribute("hidden_size", workload.HiddenSize) },
        };
        if (workload.Cell == CellKind.Gru)
        {
            node.Attribute.Add(Attribute("linear_before_reset", 1));
        }

        var rows = workload.Gates * workload.HiddenSize;
        float[] bias = [.. OnnxWeights.Reorder(workload.Cell, weights.BiasIh), .. OnnxWeights.Reorder(workload.Cell, weights.BiasHh)];
        var wIh = OnnxWeights.Reorder(workload.Cell, weights.WeightIh);
        var wHh = OnnxWeights.Reorder(workload.Cell, weights.WeightHh);
        node.Input.Add(x);
        if (workload.Precision == Precision.Int8)
        {
            node.OpType = "DynamicQuantizeLSTM";
            node.Domain = OwnDomain;
            node.Input.Add(Tensor(OnnxInt8.Weights($"W{layer}", wIh, workload.InputOf(layer))));
            node.Input.Add(Tensor(OnnxInt8.Weights($"R{layer}", wHh, workload.HiddenSize)));
        }
        else
        {
            node.Input.Add(Weights($"W{layer}", wIh, 1, rows, workload.InputOf(layer)));
            node.Input.Add(Weights($"R{layer}", wHh, 1, rows, workload.HiddenSize));
        }

        node.Input.Add(Weights($"B{layer}", bias, 1, 2 * rows));
        node.Output.Add(OnnxNames.Y(layer));
        AddStates(node, layer);
        if (workload.Precision == Precision.Int8)
        {
            AddScales(node, layer, wIh, wHh);
        }

        graph.Node.Add(node);
    }

    private void AddStates(NodeProto node, int layer)
    {
        if (workload.Streams)
        {
            // No lengths of sequences: an empty name leaves an optional input out.
            node.Input.Add("");
            foreach (var state in OnnxNames.States(workload.Cell))
            {
                node.Input.Add(State(graph.Input, OnnxNames.Before(state, layer)));
                node.Output.Add(State(graph.Output, OnnxNames.After(state, layer)));
            }
        }
    }

    private void AddScales(NodeProto node, int layer, float[] wIh, float[] wHh)
    {
        // Behind X, W, R and B are lengths, the first states and peepholes; an empty name leaves an optional input out.
        while (node.Input.Count < 8)
        {
            node.Input.Add("");
        }

        foreach (var (name, values, columns) in new[] { ("W", wIh, workload.InputOf(layer)), ("R", wHh, workload.HiddenSize) })
        {
            node.Input.Add(Weights($"{name}{layer}_scale", OnnxInt8.Scales(values, columns), 1, values.Length / columns));
            node.Input.Add(Tensor(OnnxInt8.ZeroPoints($"{name}{layer}_zero_point", values.Length / columns)));
        }
    }

    /// <summary>ONNX's outputs have an axis of directions, which the next layer's input has not.</summary>
    private string AddSqueeze(int layer)
    {
        var name = $"X{layer + 1}";
        var axes = new TensorProto { Name = $"axes{layer}", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { 1 } };
        axes.RawData = ByteString.CopyFrom(BitConverter.GetBytes(1L));
        graph.Initializer.Add(axes);
        graph.Node.Add(
            new NodeProto { Name = $"squeeze{layer}", OpType = "Squeeze", Input = { OnnxNames.Y(layer), axes.Name }, Output = { name } });
        return name;
    }

    private string State(RepeatedField<ValueInfoProto> list, string name)
    {
        list.Add(Info(name, 1, workload.Batch, workload.HiddenSize));
        return name;
    }

    private string Weights(string name, float[] values, params ReadOnlySpan<long> shape)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
        };
        tensor.Dims.AddRange(shape.ToArray());
        return Tensor(tensor);
    }

    private string Tensor(TensorProto tensor)
    {
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    private static ValueInfoProto Info(string name, params ReadOnlySpan<long> shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = new TensorShapeProto() };
        foreach (var size in shape)
        {
            tensor.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
