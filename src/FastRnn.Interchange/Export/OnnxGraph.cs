using System.Runtime.InteropServices;

using FastRnn.Interchange.Onnx.Proto;

using Google.Protobuf;

using DataType = FastRnn.Interchange.Onnx.Proto.TensorProto.Types.DataType;

namespace FastRnn.Interchange.Export;

/// <summary>A graph that is being written. Names are unique in the graph and in its bodies, which ONNX asks for; constants belong to the
/// outermost graph, and equal ones are one.</summary>
internal sealed class OnnxGraph
{
    // Protocol Buffers end at 2 GB; a megabyte is room for everything that is no weight.
    private const long MostBytes = int.MaxValue - (1 << 20);

    private readonly OnnxGraph root;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> constants = new(StringComparer.Ordinal);
    private long bytes;

    public OnnxGraph(string name)
        : this(name, null)
    {
    }

    private OnnxGraph(string name, OnnxGraph? root)
    {
        this.root = root ?? this;
        Proto.Name = name;
    }

    public GraphProto Proto { get; } = new();

    /// <summary>A graph inside of a node.</summary>
    public OnnxGraph Body(string name) => new(name, root);

    /// <summary>A name that is free: the wanted one, or with a number.</summary>
    public string Name(string wanted)
    {
        var name = wanted;
        for (var i = 1; !root.names.Add(name); i++)
            name = FormattableString.Invariant($"{wanted}.{i}");
        return name;
    }

    public string Input(string name, DataType type, params object[] shape)
    {
        Proto.Input.Add(Value(Name(name), type, shape));
        return Proto.Input[^1].Name;
    }

    public void Output(string name, params object[] shape) => Proto.Output.Add(Value(name, DataType.Float, shape));

    /// <summary>A node of one output.</summary>
    /// <returns>The output's name.</returns>
    public string Add(string op, string output, IReadOnlyList<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        var name = Name(output);
        AddNode(op, [name], inputs, attributes);
        return name;
    }

    /// <summary>A node; "" stands for what is left out.</summary>
    public void AddNode(string op, IReadOnlyList<string> outputs, IReadOnlyList<string> inputs, IEnumerable<AttributeProto> attributes)
    {
        var last = inputs.Count;
        while (last > 0 && inputs[last - 1].Length == 0)
            last--;
        Proto.Node.Add(new NodeProto
        {
            Name = FormattableString.Invariant($"{Proto.Name}.{op}_{Proto.Node.Count}"),
            OpType = op,
            Input = { inputs.Take(last) },
            Output = { outputs },
            Attribute = { attributes },
        });
    }

    /// <summary>A tensor of weights.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="fill">Writes its numbers, over zeros.</param>
    /// <exception cref="ForeignFileException">The file would be too long.</exception>
    public string Weights(string name, long[] shape, Action<Span<float>> fill)
    {
        var length = shape.Aggregate(sizeof(float), (long product, long size) => checked(product * size));
        root.bytes += length;
        if (root.bytes > MostBytes)
        {
            throw new ForeignFileException(
                $"'{name}' [{string.Join(", ", shape)}]: the file would be longer than 2 GB, which ONNX cannot hold");
        }

        var data = new byte[length];
        fill(MemoryMarshal.Cast<byte, float>(data.AsSpan()));
        return Initializer(Name(name), DataType.Float, shape, data);
    }

    /// <summary>A number.</summary>
    public string Number(double value) => Constant(
        FormattableString.Invariant($"number {(float)value:R}"), DataType.Float, [], BitConverter.GetBytes((float)value));

    /// <summary>A list of integers.</summary>
    public string Integers(params long[] values) =>
        Constant($"list {string.Join('_', values)}", DataType.Int64, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>An integer alone.</summary>
    public string Integer(long value) => Constant($"integer {value}", DataType.Int64, [], BitConverter.GetBytes(value));

    /// <summary>Zeros <c>[1, size]</c>.</summary>
    public string Zeros(int size) => Constant($"zeros {size}", DataType.Float, [1, size], new byte[sizeof(float) * size]);

    /// <summary>Gives a value another name, and leaves out outputs of recurrent operators that nothing reads. A Scan's are no optional
    /// ones.</summary>
    public void Finish(string output, string name)
    {
        var read = new HashSet<string>(Proto.Node.SelectMany(n => n.Input).Concat(Proto.Output.Select(o => o.Name)).Append(output));
        foreach (var node in Proto.Node)
        {
            for (var i = node.Output.Count - 1; node.OpType is "RNN" or "GRU" or "LSTM" && i >= 0; i--)
            {
                if (read.Contains(node.Output[i]))
                    continue;
                if (i == node.Output.Count - 1)
                    node.Output.RemoveAt(i);
                else
                    node.Output[i] = "";
            }

            Rename(node.Input);
            Rename(node.Output);
        }

        void Rename(IList<string> list)
        {
            for (var i = 0; i < list.Count; i++)
                list[i] = list[i] == output ? name : list[i];
        }
    }

    private string Constant(string key, DataType type, long[] shape, byte[] data)
    {
        if (!root.constants.TryGetValue(key, out var name))
            root.constants[key] = name = Initializer(Name(key.Replace(' ', '.')), type, shape, data);
        return name;
    }

    private string Initializer(string name, DataType type, long[] shape, byte[] data)
    {
        root.Proto.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = (int)type,
            Dims = { shape },
            RawData = UnsafeByteOperations.UnsafeWrap(data),
        });
        return name;
    }

    // A number is a size, a text the name of one.
    private static ValueInfoProto Value(string name, DataType type, object[] shape) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)type,
                Shape = new TensorShapeProto
                {
                    Dim =
                    {
                        shape.Select(size => size is int number
                            ? new TensorShapeProto.Types.Dimension { DimValue = number }
                            : new TensorShapeProto.Types.Dimension { DimParam = (string)size }),
                    },
                },
            },
        },
    };
}
