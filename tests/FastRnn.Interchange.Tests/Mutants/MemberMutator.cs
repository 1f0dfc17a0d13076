namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>Damages files by what they are made of: HDF5, pickles, safetensors' headers; and what lies in archives.</summary>
internal sealed class MemberMutator(Random random)
{
    private const string Opcodes = ".(012NJKMGX)t]ae}sucRbQqrhj\u0080\u0085\u0086\u0087\u0088\u0089\u008a\u008c\u008d\u0093\u0094\u0095";

    private readonly ByteMutator bytes = new(random);
    private readonly TextMutator text = new(random);

    /// <summary>A member of one of the archives.</summary>
    public byte[] Change(string name, byte[] original) => Path.GetExtension(name) switch
    {
        ".json" => text.Change(original),
        ".h5" => Hdf(original),
        ".pkl" => Pickle(original),
        _ => bytes.Change(original),
    };

    /// <summary>HDF5: structures, which begin with four letters; addresses and lengths; the declaration as text.</summary>
    public byte[] Hdf(byte[] original)
    {
        switch (random.Next(6))
        {
            case 0 or 1:
                var changed = original.ToArray();
                for (var times = random.Next(1, 4); times > 0 && changed.Length > 0; times--)
                {
                    var found = changed.AsSpan(random.Next(changed.Length)).IndexOfAny("TSHG"u8);
                    changed[Math.Clamp(found + random.Next(64), 0, changed.Length - 1)] = (byte)random.Next(256);
                }

                return changed;
            case 2 or 3:
                changed = original;
                for (var times = random.Next(1, 4); times > 0; times--)
                    changed = bytes.Word(changed);
                return changed;
            case 4:
                return text.InPlace(original);
            default:
                return bytes.Change(original);
        }
    }

    /// <summary>A pickle: opcodes that others follow, or bytes.</summary>
    public byte[] Pickle(byte[] original)
    {
        if (random.Next(2) == 0)
            return bytes.Change(original);
        if (random.Next(10) == 0)
            return [0x80, 2, .. Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(4) == 0 ? Byte() : Opcode())];
        var changed = original.ToList();
        for (var times = random.Next(1, 4); times > 0 && changed.Count > 0; times--)
        {
            var at = random.Next(changed.Count);
            if (random.Next(2) == 0)
                changed.Insert(at, Opcode());
            else
                changed[at] = Opcode();
        }

        return [.. changed];
    }

    /// <summary>safetensors: the header, with its length written anew, or bytes.</summary>
    public byte[] SafeTensors(byte[] original)
    {
        if (random.Next(3) == 0)
            return bytes.Change(original);
        var length = (int)BitConverter.ToInt64(original);
        var header = text.Change(original[8..(8 + length)]);
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. original[(8 + length)..]];
    }

    private byte Byte() => (byte)random.Next(256);

    private byte Opcode() => (byte)Opcodes[random.Next(Opcodes.Length)];
}
