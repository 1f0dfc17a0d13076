using FastRnn.Interchange.Tests.Mutants;

namespace FastRnn.Fuzz.Mutation;

/// <summary>Damages a safetensors file. Most changes leave the length of the header and the checksum right, which would refuse them all
/// otherwise.</summary>
internal sealed class SafeTensorsMutator(Random random)
{
    // No sum is compared where this name is another one, and the reader must find out what remains of a file without one.
    private static readonly byte[] Key = [.. "\"fastrnn.checksum\":"u8];

    private readonly ByteMutator bytes = new(random);
    private readonly HeaderMutator words = new(random);
    private readonly TextMutator text = new(random);

    public byte[] Change(byte[] original)
    {
        if (random.Next(8) == 0)
            return bytes.Change(original);
        var (header, data) = SafeTensorsParts.Split(original);
        if (random.Next(4) == 0)
            header = HeaderWithout(header);
        switch (random.Next(20))
        {
            case 0:
                return SafeTensorsParts.Join(text.Change(header), data);
            case 1 or 2:
                return SafeTensorsParts.Join(header, bytes.Change(data));
            case 3 or 4:
                return SafeTensorsParts.Join(header, Numbers(data));
            case 5 or 6:
                return SafeTensorsParts.Join(bytes.Change(header), data);
            case 7:
                return SafeTensorsParts.Join(words.Change(header), Numbers(data));
            default:
                return SafeTensorsParts.Join(words.Change(header), data);
        }
    }

    /// <summary>A number that is not one, of the size of a float or a double, or as an integer.</summary>
    private byte[] Numbers(byte[] data)
    {
        if (data.Length < sizeof(long))
            return data;
        var changed = (byte[])data.Clone();
        var at = random.Next(changed.Length - sizeof(long) + 1) & ~3;
        var value = random.Next(6) switch
        {
            0 => BitConverter.GetBytes(float.NaN),
            1 => BitConverter.GetBytes(float.NegativeInfinity),
            2 => BitConverter.GetBytes(-1f),
            3 => BitConverter.GetBytes(float.MaxValue),
            4 => BitConverter.GetBytes(-1L),
            _ => BitConverter.GetBytes(double.NaN),
        };
        value.CopyTo(changed, Math.Min(at, changed.Length - value.Length));
        return changed;
    }

    /// <summary>The same file as a program writes it that knows nothing of checksums.</summary>
    public static byte[] WithoutChecksum(byte[] file)
    {
        var (header, data) = SafeTensorsParts.Split(file);
        return SafeTensorsParts.Join(HeaderWithout(header), data);
    }

    private static byte[] HeaderWithout(byte[] header)
    {
        const int DigitsAndQuotes = 34;
        var begin = header.AsSpan().IndexOf(Key);
        if (begin < 1)
            return header;
        var end = Math.Min(header.Length, begin + Key.Length + DigitsAndQuotes);
        if (end < header.Length && header[end] == ',')
            end++;
        else if (header[begin - 1] == ',')
            begin--;
        return [.. header[..begin], .. header[end..]];
    }
}
