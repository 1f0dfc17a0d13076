using System.Globalization;

namespace FastRnn.Interchange.PyTorch.Pickle;

/// <summary>Reads what <c>torch.save</c> pickles. A pickle is a program; this machine knows the opcodes of <see cref="PickleOpcode"/> and
/// the names of <see cref="PickleGlobals"/>, runs nothing, and refuses everything else by its name.</summary>
internal sealed class PickleMachine
{
    /// <summary>The longest pickle: names and shapes of some thousand tensors.</summary>
    public const int MostBytes = 16 << 20;

    // Each may cost about a hundred bytes.
    private const int MostOpcodes = 500_000;

    private readonly PickleBytes input;
    private readonly List<object?> stack = [];
    private readonly List<int> marks = [];
    private readonly Dictionary<long, object?> memo = [];

    private PickleMachine(string place, ReadOnlyMemory<byte> pickle) => input = new PickleBytes(place, pickle);

    /// <summary>What a pickle holds: null, bool, long, double, string, or a type of this folder.</summary>
    /// <param name="place">What messages call it.</param>
    /// <param name="pickle">Its bytes.</param>
    /// <exception cref="ForeignFileException">It is damaged, or uses what is not known.</exception>
    public static object? Read(string place, ReadOnlyMemory<byte> pickle)
    {
        var machine = new PickleMachine(place, pickle);
        for (var count = 0; count < MostOpcodes; count++)
        {
            var opcode = (PickleOpcode)machine.input.Byte();
            if (opcode == PickleOpcode.Stop)
                return machine.Result();
            machine.Run(opcode);
        }

        throw machine.input.Wrong($"expected at most {MostOpcodes} opcodes");
    }

    private object? Result() => stack.Count == 1 && marks.Count == 0
        ? stack[0]
        : throw input.Wrong($"expected one value at the end, got {stack.Count} and {marks.Count} marks");

    private void Run(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                var protocol = input.Byte();
                if (protocol is < 2 or > 5)
                    throw input.Wrong($"expected protocol 2 to 5 of pickle, got {protocol}");
                break;
            case PickleOpcode.Frame: input.UInt64(); break;
            case PickleOpcode.Mark: marks.Add(stack.Count); break;
            case PickleOpcode.Pop: Pop(); break;
            case PickleOpcode.PopMark: PopToMark(); break;
            case PickleOpcode.Dup: Push(Top()); break;
            case PickleOpcode.None: Push(null); break;
            case PickleOpcode.NewTrue: Push(true); break;
            case PickleOpcode.NewFalse: Push(false); break;
            case PickleOpcode.BinInt: Push((long)input.Int32()); break;
            case PickleOpcode.BinInt1: Push((long)input.Byte()); break;
            case PickleOpcode.BinInt2: Push((long)input.UInt16()); break;
            case PickleOpcode.Long1: Push(input.Long1()); break;
            case PickleOpcode.BinFloat: Push(input.Double()); break;
            case PickleOpcode.ShortBinUnicode: Push(input.Text(input.Byte())); break;
            case PickleOpcode.BinUnicode: Push(input.Text((ulong)input.UInt32())); break;
            case PickleOpcode.BinUnicode8: Push(input.Text(input.UInt64())); break;
            case PickleOpcode.EmptyTuple: Push(new PickleTuple([])); break;
            case PickleOpcode.Tuple1: PushTuple(1); break;
            case PickleOpcode.Tuple2: PushTuple(2); break;
            case PickleOpcode.Tuple3: PushTuple(3); break;
            case PickleOpcode.Tuple: Push(new PickleTuple(PopToMark())); break;
            case PickleOpcode.EmptyList: Push(new List<object?>()); break;
            case PickleOpcode.Append: Append([Pop()]); break;
            case PickleOpcode.Appends: Append(PopToMark()); break;
            case PickleOpcode.EmptyDict: Push(new PickleDictionary()); break;
            case PickleOpcode.SetItem: SetItems(PopMany(2)); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;
            case PickleOpcode.Global: PushGlobal(input.Line(), input.Line()); break;
            case PickleOpcode.StackGlobal: PushGlobal(PopMany(2)); break;
            case PickleOpcode.Reduce: Reduce(); break;
            case PickleOpcode.Build: Build(); break;
            case PickleOpcode.BinPersId: PushStorage(); break;
            case PickleOpcode.BinPut: memo[input.Byte()] = Top(); break;
            case PickleOpcode.LongBinPut: memo[input.UInt32()] = Top(); break;
            case PickleOpcode.Memoize: memo[memo.Count] = Top(); break;
            case PickleOpcode.BinGet: PushMemo(input.Byte()); break;
            case PickleOpcode.LongBinGet: PushMemo(input.UInt32()); break;
            default:
                var code = (byte)opcode;
                var shown = code is > 0x20 and < 0x7f ? $"'{(char)code}'" : "0x" + code.ToString("x2", CultureInfo.InvariantCulture);
                throw input.Wrong($"the opcode {shown} is not among those that torch.save needs for tensors, and refused");
        }
    }

    private void Push(object? value) => stack.Add(value);

    private object? Top() => stack.Count > Floor ? stack[^1] : throw input.Wrong("the stack is empty");

    private int Floor => marks.Count > 0 ? marks[^1] : 0;

    private object? Pop()
    {
        var top = Top();
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private object?[] PopMany(int count)
    {
        if (stack.Count - Floor < count)
            throw input.Wrong($"expected {count} values on the stack, got {stack.Count - Floor}");
        var values = stack.GetRange(stack.Count - count, count).ToArray();
        stack.RemoveRange(stack.Count - count, count);
        return values;
    }

    private object?[] PopToMark()
    {
        if (marks.Count == 0)
            throw input.Wrong("there is no mark on the stack");
        var values = PopMany(stack.Count - marks[^1]);
        marks.RemoveAt(marks.Count - 1);
        return values;
    }

    private void PushTuple(int count) => Push(new PickleTuple(PopMany(count)));

    private void Append(object?[] values)
    {
        if (Top() is not List<object?> list)
            throw input.Wrong("expected a list to append to");
        list.AddRange(values);
    }

    private void SetItems(object?[] values)
    {
        if (Top() is not PickleDictionary dictionary || values.Length % 2 != 0)
            throw input.Wrong("expected a dictionary, and keys and values in pairs");
        for (var i = 0; i < values.Length; i += 2)
        {
            if (values[i] is not (string or long))
                throw input.Wrong("expected texts or whole numbers as keys of a dictionary");
            dictionary.Set(values[i]!, values[i + 1]);
        }
    }

    private void PushGlobal(object?[] names)
    {
        if (names is not [string module, string name])
            throw input.Wrong("expected a module and a name");
        PushGlobal(module, name);
    }

    private void PushGlobal(string module, string name)
    {
        var full = $"{module}.{name}";
        if (!PickleGlobals.IsKnown(full))
            throw input.Wrong($"'{full}' is not among what tensors need, and refused unexecuted; save model.state_dict() alone");
        Push(new PickleGlobal(full));
    }

    private void Reduce()
    {
        if (PopMany(2) is not [PickleGlobal function, PickleTuple arguments])
            throw input.Wrong("expected a function and a tuple of arguments");
        try
        {
            Push(PickleGlobals.Call(function, arguments.Items)
                ?? throw new ForeignFileException($"it is not used as PyTorch uses it ({arguments.Items.Count} arguments)"));
        }
        catch (ForeignFileException e)
        {
            throw input.Wrong($"'{function.Name}': {e.Message}", e);
        }
    }

    // An OrderedDict's own attributes, which are versions of modules ("_metadata"): they say nothing about tensors.
    private void Build()
    {
        if (PopMany(2) is not [PickleDictionary dictionary, PickleDictionary])
            throw input.Wrong("expected attributes of an OrderedDict, got those of something else, which are refused");
        Push(dictionary);
    }

    private void PushStorage() =>
        Push(PickleGlobals.Storage(Pop()) ?? throw input.Wrong("expected the id of a storage of numbers (class, key, device, elements)"));

    private void PushMemo(long index) =>
        Push(memo.TryGetValue(index, out var value) ? value : throw input.Wrong($"nothing was remembered as {index}"));
}
