using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Onnx.Proto;
using FastRnn.Interchange.Tensors;

using Google.Protobuf;

using AttributeType = FastRnn.Interchange.Onnx.Proto.AttributeProto.Types.AttributeType;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>Small models and nodes for tests.</summary>
internal static class OnnxBuilder
{
    /// <summary>A model without nodes.</summary>
    public static ModelProto Model(long opset = 17, params NodeProto[] nodes)
    {
        var model = new ModelProto { IrVersion = 8, ProducerName = "test", ProducerVersion = "1", Graph = new GraphProto { Name = "g" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        model.Graph.Node.AddRange(nodes);
        return model;
    }

    /// <summary>A node; its attributes are long, double, string, arrays of them or a tensor.</summary>
    public static NodeProto Node(string op, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = op };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.Select(a => Attribute(a.Name, a.Value)));
        return node;
    }

    /// <summary>An input or output of floats (type 1) or of another type.</summary>
    public static ValueInfoProto Value(string name, int type = 1) => new()
    {
        Name = name,
        Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type } },
    };

    /// <summary>A tensor of floats.</summary>
    public static TensorProto Floats(string name, long[] shape, params float[] numbers)
    {
        var tensor = new TensorProto { Name = name, DataType = 1 };
        tensor.Dims.AddRange(shape);
        tensor.FloatData.AddRange(numbers);
        return tensor;
    }

    /// <summary>Evaluates one node alone, with attributes as in <see cref="Node"/>.</summary>
    public static IReadOnlyList<Tensor?> Evaluate(
        string op, int opset, int outputs, Tensor?[] inputs, params (string Name, object Value)[] attributes)
    {
        const string Place = "node 0 (test)";
        var values = attributes.ToDictionary(a => a.Name, a => a.Value);
        var node = new OnnxNode(
            0, "", op, "", [.. inputs.Select((input, i) => input is null ? "" : $"i{i}")],
            [.. Enumerable.Range(0, outputs).Select(i => $"o{i}")], new OnnxAttributes(Place, values));
        return OnnxOperators.Evaluate(node, inputs, opset, new EvaluationBudget());
    }

    /// <summary>The only output of a node.</summary>
    public static Tensor One(string op, int opset, Tensor?[] inputs, params (string Name, object Value)[] attributes) =>
        Evaluate(op, opset, 1, inputs, attributes)[0]!;

    /// <summary>The message with which a node is refused.</summary>
    public static string Refusal(string op, int opset, Tensor?[] inputs, params (string Name, object Value)[] attributes) =>
        Assert.Throws<ForeignFileException>(() => Evaluate(op, opset, 1, inputs, attributes)).Message;

    public static Tensor Float(int[] shape, params double[] values) => new(shape, values);

    public static Tensor Long(int[] shape, params double[] values) => new(shape, values, ElementType.Int64);

    public static Tensor Longs(params double[] values) => Long([values.Length], values);

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case long number:
                (attribute.I, attribute.Type) = (number, AttributeType.Int);
                break;
            case double number:
                (attribute.F, attribute.Type) = ((float)number, AttributeType.Float);
                break;
            case string text:
                (attribute.S, attribute.Type) = (ByteString.CopyFromUtf8(text), AttributeType.String);
                break;
            case long[] numbers:
                attribute.Ints.AddRange(numbers);
                attribute.Type = AttributeType.Ints;
                break;
            case TensorProto tensor:
                (attribute.T, attribute.Type) = (tensor, AttributeType.Tensor);
                break;
            case GraphProto graph:
                (attribute.G, attribute.Type) = (graph, AttributeType.Graph);
                break;
            default:
                throw new ArgumentException($"no such attribute: {value}", nameof(value));
        }

        return attribute;
    }
}
