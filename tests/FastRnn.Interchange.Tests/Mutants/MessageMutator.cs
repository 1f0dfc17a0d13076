using System.Collections;

using FastRnn.Interchange.Onnx.Proto;

using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>Damages a file of ONNX: its bytes, or fields of its messages, which are written again with right lengths.</summary>
internal sealed class MessageMutator(Random random)
{
    private static readonly long[] Integers =
        [0, 1, 2, 3, 4, 7, -1, -2, 10, 1 << 20, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    private static readonly float[] Numbers = [0, 1, -1, 0.5f, 1e30f, 1e-30f, float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    // Operators, functions, places.
    private static readonly string[] Texts =
    [
        "", "LSTM", "GRU", "RNN", "Reshape", "Transpose", "Concat", "Expand", "Tile", "Gather", "Loop", "Scan", "If", "ConstantOfShape",
        "Range", "Pad", "Resize", "Cast", "Slice", "Squeeze", "Tanh", "Softmax", "bidirectional", "reverse", "HardSigmoid", "Relu", "x",
        "/etc/passwd", "./a/../../b", "com.microsoft", "a|b`c\nd\u001b[31m",
    ];

    private readonly ByteMutator bytes = new(random);

    public byte[] Change(byte[] original)
    {
        if (random.Next(3) == 0)
            return bytes.Change(original);
        var model = ModelProto.Parser.ParseFrom(original);
        for (var times = random.Next(1, 4); times > 0; times--)
            Once(model);
        return model.ToByteArray();
    }

    private void Once(IMessage message)
    {
        while (random.Next(8) > 0 && Children(message) is { Count: > 0 } children)
            message = children[random.Next(children.Count)];
        var fields = message.Descriptor.Fields.InFieldNumberOrder();
        List<FieldDescriptor> filled = [.. fields.Where(f => IsFilled(f, message))];
        Change(message, filled.Count > 0 && random.Next(6) > 0 ? filled[random.Next(filled.Count)] : fields[random.Next(fields.Count)]);
    }

    private static List<IMessage> Children(IMessage message) =>
    [
        .. message.Descriptor.Fields.InFieldNumberOrder().Where(f => f.FieldType == FieldType.Message)
            .SelectMany(f => f.Accessor.GetValue(message) is IList list ? list.Cast<IMessage>()
                : f.Accessor.GetValue(message) is IMessage child ? [child] : []),
    ];

    private static bool IsFilled(FieldDescriptor field, IMessage message) => field.Accessor.GetValue(message) switch
    {
        IList list => list.Count > 0,
        string text => text.Length > 0,
        ByteString data => data.Length > 0,
        null => false,
        _ => true,
    };

    private void Change(IMessage message, FieldDescriptor field)
    {
        if (field.Accessor.GetValue(message) is not IList list)
        {
            if (random.Next(8) == 0 || Value(field, field.Accessor.GetValue(message)) is not { } value)
                field.Accessor.Clear(message);
            else
                field.Accessor.SetValue(message, value);
            return;
        }

        var at = list.Count == 0 ? 0 : random.Next(list.Count);
        switch (random.Next(6))
        {
            case 0 when list.Count > 0:
                list.RemoveAt(at);
                break;
            case 1 when list.Count > 0:
                list.Add(list[at] is IMessage copied ? Copy(copied) : list[at]);
                break;
            case 2 when list.Count > 0:
                var other = random.Next(list.Count);
                (list[at], list[other]) = (list[other], list[at]);
                break;
            default:
                var value = Value(field, list.Count > 0 ? list[at] : null);
                if (value is null)
                    break;
                if (list.Count > 0)
                    list[at] = value;
                else
                    list.Add(value);
                break;
        }
    }

    private object? Value(FieldDescriptor field, object? old) => field.FieldType switch
    {
        FieldType.Int64 => Integers[random.Next(Integers.Length)],
        FieldType.Int32 => (int)Integers[random.Next(Integers.Length)],
        FieldType.UInt64 => (ulong)Integers[random.Next(Integers.Length)],
        FieldType.Enum => random.Next(-1, 25),
        FieldType.Float => Numbers[random.Next(Numbers.Length)],
        FieldType.Double => (double)Numbers[random.Next(Numbers.Length)],
        FieldType.String => random.Next(6) switch
        {
            // Where the files beside the model lie, too, for a reader that would look there.
            0 => $"../{MutantCampaign.Outside}/{old}",
            1 => $"{MutantCampaign.Link}/{old}",
            _ => Texts[random.Next(Texts.Length)],
        },
        FieldType.Bytes => ByteString.CopyFrom(bytes.Change(((ByteString?)old)?.ToByteArray() ?? [])),
        FieldType.Message when old is IMessage message => Copy(message),
        _ => null,
    };

    private static IMessage Copy(IMessage message) => message.Descriptor.Parser.ParseFrom(message.ToByteArray());
}
