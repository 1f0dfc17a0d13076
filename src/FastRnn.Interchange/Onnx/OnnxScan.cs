namespace FastRnn.Interchange.Onnx;

/// <summary>Walks over the bytes of a model before anything is made of them: an empty message is two bytes in a file and hundreds in
/// memory, so what the objects will cost is counted first. The wire format is that of Protocol Buffers, encoding version 3.</summary>
internal static class OnnxScan
{
    private const int DeepestMessage = 64;

    // Bytes in memory, with what the reader makes of them: generously rounded up.
    private const int CostOfMessage = 512;
    private const int CostOfText = 64;
    private const int CostOfInteger = 16;

    private enum Kind
    {
        Plain, Model, Graph, Node, Attribute, Tensor, Sparse, Value, Type, TensorType, Sequence, Shape,
    }

    private static readonly Dictionary<(Kind Message, int Field), Kind> Messages = new()
    {
        [(Kind.Model, 7)] = Kind.Graph,
        [(Kind.Model, 8)] = Kind.Plain,
        [(Kind.Model, 14)] = Kind.Plain,
        [(Kind.Model, 25)] = Kind.Plain,
        [(Kind.Graph, 1)] = Kind.Node,
        [(Kind.Graph, 5)] = Kind.Tensor,
        [(Kind.Graph, 11)] = Kind.Value,
        [(Kind.Graph, 12)] = Kind.Value,
        [(Kind.Graph, 13)] = Kind.Value,
        [(Kind.Graph, 15)] = Kind.Sparse,
        [(Kind.Node, 5)] = Kind.Attribute,
        [(Kind.Attribute, 5)] = Kind.Tensor,
        [(Kind.Attribute, 6)] = Kind.Graph,
        [(Kind.Tensor, 13)] = Kind.Plain,
        [(Kind.Sparse, 1)] = Kind.Tensor,
        [(Kind.Value, 2)] = Kind.Type,
        [(Kind.Type, 1)] = Kind.TensorType,
        [(Kind.Type, 4)] = Kind.Sequence,
        [(Kind.Sequence, 1)] = Kind.Type,
        [(Kind.TensorType, 2)] = Kind.Shape,
        [(Kind.Shape, 1)] = Kind.Plain,
    };

    private static readonly HashSet<(Kind Message, int Field)> PackedIntegers =
        [(Kind.Attribute, 8), (Kind.Tensor, 1), (Kind.Tensor, 5), (Kind.Tensor, 7), (Kind.Tensor, 11)];

    /// <summary>Checks the structure of a model and what it will cost: at most three times the file and 64 MB, beside the file
    /// itself.</summary>
    /// <exception cref="ForeignFileException">It is damaged, too deep, or costs more.</exception>
    public static void CheckModel(string path, ReadOnlySpan<byte> bytes) => Check(path, bytes, Kind.Model);

    /// <summary>Checks a tensor that stands alone in a file.</summary>
    /// <exception cref="ForeignFileException">It is damaged, too deep, or costs more.</exception>
    public static void CheckTensor(string path, ReadOnlySpan<byte> bytes) => Check(path, bytes, Kind.Tensor);

    private static void Check(string path, ReadOnlySpan<byte> bytes, Kind kind)
    {
        var left = (64L << 20) + (3L * bytes.Length);
        Walk(path, bytes, kind, 0, ref left);
    }

    private static void Walk(string path, ReadOnlySpan<byte> bytes, Kind kind, int depth, ref long left)
    {
        if (depth > DeepestMessage)
            throw new ForeignFileException($"{path}: messages inside of messages, more than {DeepestMessage} deep");
        Charge(path, CostOfMessage, ref left);
        while (!bytes.IsEmpty)
        {
            var key = ReadVarint(path, ref bytes);
            var field = key >> 3 is > 0 and < 1 << 29 and var number ? (int)number : throw Damaged(path, "a field without a number");
            switch (key & 7)
            {
                case 0:
                    ReadVarint(path, ref bytes);
                    Charge(path, CostOfInteger, ref left);
                    break;
                case 1:
                    Skip(path, 8, ref bytes);
                    Charge(path, CostOfInteger, ref left);
                    break;
                case 5:
                    Skip(path, 4, ref bytes);
                    Charge(path, CostOfInteger, ref left);
                    break;
                case 2:
                    var content = Skip(path, ReadVarint(path, ref bytes), ref bytes);
                    if (Messages.TryGetValue((kind, field), out var inner))
                        Walk(path, content, inner, depth + 1, ref left);
                    else if (PackedIntegers.Contains((kind, field)))
                        Charge(path, CostOfText + ((long)CostOfInteger * CountVarints(content)), ref left);
                    else
                        Charge(path, CostOfText + (2L * content.Length), ref left);
                    break;
                default:
                    throw Damaged(path, $"a field of wire type {key & 7}");
            }
        }
    }

    private static void Charge(string path, long cost, ref long left)
    {
        left -= cost;
        if (left < 0)
            throw new ForeignFileException($"{path}: made of more small parts than a model has: it would fill the memory");
    }

    private static ReadOnlySpan<byte> Skip(string path, ulong length, ref ReadOnlySpan<byte> bytes)
    {
        if (length > (ulong)bytes.Length)
            throw Damaged(path, $"a field of {length} bytes where {bytes.Length} are left");
        var content = bytes[..(int)length];
        bytes = bytes[(int)length..];
        return content;
    }

    private static ulong ReadVarint(string path, ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var i = 0; i < Math.Min(10, bytes.Length); i++)
        {
            value |= (ulong)(bytes[i] & 127) << (7 * i);
            if (bytes[i] < 128)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }

        throw Damaged(path, "a number that does not end");
    }

    private static int CountVarints(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var b in bytes)
            count += b < 128 ? 1 : 0;
        return count;
    }

    private static ForeignFileException Damaged(string path, string what) => new($"{path}: no ONNX file, or damaged: {what}");
}
