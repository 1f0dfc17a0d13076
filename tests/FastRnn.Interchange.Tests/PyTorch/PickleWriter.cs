using System.Buffers.Binary;
using System.Text;

namespace FastRnn.Interchange.Tests.PyTorch;

/// <summary>Writes pickles of protocol 2, opcode by opcode, as torch.save does.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> written = [];

    public PickleWriter() => Op(0x80, 2);

    public PickleWriter Op(params ReadOnlySpan<byte> bytes)
    {
        written.AddRange(bytes);
        return this;
    }

    public PickleWriter Op(char opcode) => Op((byte)opcode);

    public PickleWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Op('X').Number(bytes.Length).Op(bytes);
    }

    public PickleWriter Int(int value) => Op('J').Number(value);

    public PickleWriter Global(string module, string name) => Op(Encoding.UTF8.GetBytes($"c{module}\n{name}\n"));

    /// <summary>An empty OrderedDict and a mark: keys and values follow, then <see cref="EndDictionary"/>.</summary>
    public PickleWriter BeginDictionary() => Global("collections", "OrderedDict").Op(")R("u8);

    public PickleWriter EndDictionary() => Op('u');

    /// <summary>A tensor: its storage's key, class and length, and where it lies in it.</summary>
    public PickleWriter Tensor(string key, string storage, int count, int offset, int[] shape, int[] strides)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        Op('(').Text("storage").Global("torch", storage).Text(key).Text("cpu").Int(count).Op("tQ"u8);
        return Int(offset).Tuple(shape).Tuple(strides).Op(0x89).Global("collections", "OrderedDict").Op(")RtR"u8);
    }

    public byte[] End()
    {
        Op('.');
        return [.. written];
    }

    private PickleWriter Tuple(int[] values)
    {
        Op('(');
        foreach (var value in values)
            Int(value);
        return Op('t');
    }

    private PickleWriter Number(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Op(bytes);
    }
}
