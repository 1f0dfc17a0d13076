using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Onnx.Proto;
using FastRnn.Interchange.Tensors;

using Google.Protobuf;

namespace FastRnn.Interchange.Tests.Onnx.Understanding;

/// <summary>Small graphs of tests. Weights are a fixed sequence of numbers in [-0.6, 0.6].</summary>
internal sealed class GraphBuilder(int opset = 17)
{
    private readonly ModelProto model = new()
    {
        IrVersion = 8,
        ProducerName = "test",
        Graph = new GraphProto(),
        OpsetImport = { new OperatorSetIdProto { Version = opset } },
    };

    private uint state = 12345;

    /// <summary>An input or output: numbers are sizes, texts are names of sizes, null is nothing known.</summary>
    public GraphBuilder Input(string name, params object?[] shape)
    {
        model.Graph.Input.Add(Value(name, 1, shape));
        return this;
    }

    /// <summary>An input of 64-bit integers.</summary>
    public GraphBuilder Tokens(string name, params object?[] shape)
    {
        model.Graph.Input.Add(Value(name, 7, shape));
        return this;
    }

    public GraphBuilder Output(string name, params object?[] shape)
    {
        model.Graph.Output.Add(Value(name, 1, shape));
        return this;
    }

    /// <summary>An initializer of arbitrary numbers.</summary>
    public GraphBuilder Weight(string name, params int[] shape)
    {
        model.Graph.Initializer.Add(Random(name, shape));
        return this;
    }

    public GraphBuilder Numbers(string name, int[] shape, params float[] values)
    {
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = 1,
            Dims = { shape.Select(s => (long)s) },
            FloatData = { values }
        });
        return this;
    }

    /// <summary>A vector of 64-bit integers.</summary>
    public GraphBuilder Integers(string name, params long[] values)
    {
        model.Graph.Initializer.Add(new TensorProto { Name = name, DataType = 7, Dims = { values.Length }, Int64Data = { values } });
        return this;
    }

    /// <summary>A single 64-bit integer.</summary>
    public GraphBuilder Integer(string name, long value)
    {
        model.Graph.Initializer.Add(new TensorProto { Name = name, DataType = 7, Int64Data = { value } });
        return this;
    }

    /// <summary>A node: <c>"x w r -> y yh"</c>, <c>_</c> for what is left out.</summary>
    public GraphBuilder Node(string op, string values, params (string Name, object Value)[] attributes)
    {
        var sides = values.Split("->", StringSplitOptions.TrimEntries);
        var node = new NodeProto { OpType = op, Name = $"{op.ToLowerInvariant()}_{model.Graph.Node.Count}" };
        node.Input.Add(sides[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => n == "_" ? "" : n));
        node.Output.Add(sides[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => n == "_" ? "" : n));
        node.Attribute.Add(attributes.Select(a => Attribute(a.Name, a.Value)));
        model.Graph.Node.Add(node);
        return this;
    }

    /// <summary>Weights W, R and B of a recurrent node with <paramref name="gates"/> gates.</summary>
    public GraphBuilder Recurrent(int gates, int inputs, int hidden, int directions = 1, string suffix = "") =>
        Weight($"W{suffix}", directions, gates * hidden, inputs)
        .Weight($"R{suffix}", directions, gates * hidden, hidden).Weight($"B{suffix}", directions, 2 * gates * hidden);

    /// <summary>Arbitrary numbers for an input.</summary>
    public Tensor Data(params int[] shape) => new(shape, [.. Enumerable.Range(0, Tensor.CountOf(shape)).Select(_ => (double)Next())]);

    /// <summary>A tensor for an attribute.</summary>
    public TensorProto Random(string name, params int[] shape) => new()
    {
        Name = name,
        DataType = 1,
        Dims = { shape.Select(s => (long)s) },
        FloatData = { Enumerable.Range(0, Tensor.CountOf(shape)).Select(_ => Next()) },
    };

    /// <summary>The file.</summary>
    public byte[] Bytes() => model.ToByteArray();

    public OnnxModel Build() => OnnxData.Read(model);

    private static AttributeProto Attribute(string name, object value) => value switch
    {
        string text => new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(text) },
        int integer => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = integer },
        float number => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = number },
        long[] integers => new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { integers } },
        float[] numbers => new() { Name = name, Type = AttributeProto.Types.AttributeType.Floats, Floats = { numbers } },
        string[] texts => new()
        {
            Name = name,
            Type = AttributeProto.Types.AttributeType.Strings,
            Strings = { texts.Select(ByteString.CopyFromUtf8) }
        },
        TensorProto tensor => new() { Name = name, Type = AttributeProto.Types.AttributeType.Tensor, T = tensor },
        _ => throw new ArgumentException(name),
    };

    private static ValueInfoProto Value(string name, int type, object?[] shape) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = type,
                Shape = new TensorShapeProto
                {
                    Dim =
                    {
                        shape.Select(s => s switch
                        {
                            int size => new TensorShapeProto.Types.Dimension { DimValue = size },
                            string symbol => new TensorShapeProto.Types.Dimension { DimParam = symbol },
                            _ => new TensorShapeProto.Types.Dimension(),
                        }),
                    },
                },
            },
        },
    };

    private float Next()
    {
        state = (state * 1664525) + 1013904223;
        return ((state >> 8) / (float)(1 << 24) * 1.2f) - 0.6f;
    }
}
