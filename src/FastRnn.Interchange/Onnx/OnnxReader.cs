using FastRnn.Interchange.Files;
using FastRnn.Interchange.Onnx.Proto;
using FastRnn.Interchange.Tensors;

using Google.Protobuf;

using Dimension = FastRnn.Interchange.Onnx.Proto.TensorShapeProto.Types.Dimension;

namespace FastRnn.Interchange.Onnx;

/// <summary>Reads a model. What is damaged ends the reading; what is sound but not read is collected.</summary>
/// <param name="path">The file.</param>
internal sealed class OnnxReader(string path)
{
    private const int MostProblems = 100;
    private const int OldestOpset = 7;
    private const int NewestOpset = 27;

    private readonly OnnxTensorReader tensors = new(path);
    private readonly List<string> problems = [];

    /// <summary>Reads the file.</summary>
    public OnnxModel Read()
    {
        var message = ParseModel();
        var graph = message.Graph ?? throw new ForeignFileException($"{path}: no ONNX file, or damaged: there is no graph");
        var opset = ReadOpset(message);
        foreach (var function in message.Functions)
            Problem($"function '{function.Name}' of domain '{function.Domain}': models with functions of their own are not read");
        foreach (var sparse in graph.SparseInitializer)
            Problem($"initializer '{sparse.Values?.Name}': sparse tensors are not read");

        var initializers = ReadInitializers(graph);
        var nodes = ReadNodes(graph);
        OnnxNames.Check(path, graph);
        return new OnnxModel
        {
            Path = path,
            Producer = $"{message.ProducerName} {message.ProducerVersion}".Trim(),
            Opset = opset,
            Nodes = nodes,
            Initializers = initializers,
            Inputs = ReadValues(graph.Input.Where(input => !initializers.ContainsKey(input.Name)), "input"),
            Outputs = ReadValues(graph.Output, "output"),
            Problems = problems,
        };
    }

    /// <summary>Parses a message that was scanned.</summary>
    public static T Parse<T>(string path, MessageParser<T> parser, ReadOnlySpan<byte> bytes)
        where T : IMessage<T>
    {
        try
        {
            return parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or OverflowException)
        {
            throw new ForeignFileException($"{path}: no ONNX file, or damaged: {e.Message}", e);
        }
    }

    // From here on the message alone is in memory.
    private ModelProto ParseModel() => FileDoor.Read(path, bytes =>
    {
        OnnxScan.CheckModel(path, bytes);
        return Parse(path, ModelProto.Parser, bytes);
    });

    private int ReadOpset(ModelProto message)
    {
        var own = message.OpsetImport.Where(o => o.Domain is "" or "ai.onnx").Select(o => o.Version).Distinct().ToArray();
        if (own is [>= OldestOpset and <= NewestOpset and var opset])
            return (int)opset;
        Problem($"expected one version of ONNX's operators, {OldestOpset} to {NewestOpset}, got [{string.Join(", ", own)}]");
        return 0;
    }

    private Dictionary<string, FileTensor> ReadInitializers(GraphProto graph)
    {
        var found = new Dictionary<string, FileTensor>(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializer)
        {
            var place = $"initializer '{tensor.Name}'";
            if (OnnxTensorReader.TypeOf(tensor.DataType) is null)
                Problem($"{place}: tensors of {OnnxTensorReader.TypeText(tensor.DataType)} are not read");
            else if (!found.TryAdd(tensor.Name, tensors.Read(place, tensor)))
                throw new ForeignFileException($"{place} stands in the file twice");
        }

        return found;
    }

    private List<OnnxNode> ReadNodes(GraphProto graph)
    {
        var attributes = new OnnxAttributeReader(tensors, Problem);
        var nodes = new List<OnnxNode>(graph.Node.Count);
        foreach (var node in graph.Node)
        {
            var place = OnnxNode.PlaceOf(nodes.Count, node.Name, node.OpType);
            var domain = node.Domain == "ai.onnx" ? "" : node.Domain;
            if (domain.Length > 0)
                Problem($"{place}: operators of domain '{domain}' are not read");
            nodes.Add(new OnnxNode(
                nodes.Count, node.Name, node.OpType, domain, [.. node.Input], [.. node.Output], attributes.Read(place, node.Attribute)));
        }

        return nodes;
    }

    private List<OnnxValue> ReadValues(IEnumerable<ValueInfoProto> values, string what)
    {
        var found = new List<OnnxValue>();
        foreach (var value in values)
        {
            if (value.Type?.TensorType is not { } tensor)
                Problem($"{what} '{value.Name}': expected a tensor, got another type or none");
            else if (OnnxTensorReader.TypeOf(tensor.ElemType) is not { } type)
                Problem($"{what} '{value.Name}': tensors of {OnnxTensorReader.TypeText(tensor.ElemType)} are not read");
            else
                found.Add(new OnnxValue(value.Name, type, tensor.Shape is { } shape ? [.. shape.Dim.Select(ReadDimension)] : null));
        }

        return found;
    }

    // Some tools write -1 for a size that is not known.
    private static OnnxDimension ReadDimension(Dimension dimension) => dimension.ValueCase switch
    {
        Dimension.ValueOneofCase.DimValue when dimension.DimValue >= 0 => new OnnxDimension(dimension.DimValue, null),
        Dimension.ValueOneofCase.DimParam => new OnnxDimension(null, dimension.DimParam),
        _ => new OnnxDimension(null, null),
    };

    private void Problem(string text)
    {
        if (problems.Count < MostProblems)
            problems.Add(text);
        else if (problems.Count == MostProblems)
            problems.Add("and more");
    }
}
