using System.Buffers.Binary;

namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>Damages bytes of any kind: bits, bytes, ranges, lengths. A file of one draw of numbers is always the same.</summary>
internal sealed class ByteMutator(Random random)
{
    private const int LongestRange = 64;

    private static readonly byte[] Bytes = [0, 1, 0x7f, 0x80, 0xfe, 0xff];

    /// <summary>One to four changes.</summary>
    public byte[] Change(byte[] original)
    {
        var bytes = original;
        for (var times = random.Next(1, 5); times > 0; times--)
            bytes = bytes.Length == 0 ? [(byte)random.Next(256)] : Once(bytes);
        return bytes;
    }

    /// <summary>Sets a word of 1, 2, 4 or 8 bytes to what a length or an offset should not be.</summary>
    public byte[] Word(byte[] original)
    {
        var bytes = original.ToArray();
        var width = 1 << random.Next(4);
        if (bytes.Length < width)
            return bytes;
        var at = random.Next((bytes.Length / width) - (bytes.Length % width == 0 ? 0 : 1) + 1) * width;
        at = random.Next(3) == 0 ? random.Next(bytes.Length - width + 1) : Math.Min(at, bytes.Length - width);
        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(word, Extreme(bytes.Length));
        word[..width].CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private byte[] Once(byte[] bytes)
    {
        var (at, length) = Range(bytes);
        var other = random.Next(bytes.Length);
        switch (random.Next(12))
        {
            case 0:
                return random.Next(3) == 0 ? bytes[..other] : bytes;
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. Random(length), .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. Range(bytes, other, length), .. bytes[(at + length)..]];
            case 5:
                return Swap(bytes, at, other, length);
            case 6 or 7:
                return Word(bytes);
            case 8:
                // A length of variable size: seven bits a byte, the last one below 128.
                return [.. bytes[..at], .. VariableLength(), .. bytes[(at + random.Next(2))..]];
            case 9 or 10:
                return Set(bytes, other, random.Next(2) == 0 ? Bytes[random.Next(Bytes.Length)] : (byte)random.Next(256));
            default:
                return Set(bytes, other, (byte)(bytes[other] ^ (1 << random.Next(8))));
        }
    }

    private (int At, int Length) Range(byte[] bytes)
    {
        var at = random.Next(bytes.Length);
        return (at, random.Next(1, Math.Min(random.Next(20) == 0 ? int.MaxValue : LongestRange, bytes.Length - at) + 1));
    }

    private static byte[] Range(byte[] bytes, int at, int length) => bytes[at..Math.Min(bytes.Length, at + length)];

    private byte[] Random(int length)
    {
        var bytes = new byte[length];
        if (random.Next(3) == 0)
            Array.Fill(bytes, Bytes[random.Next(Bytes.Length)]);
        else
            random.NextBytes(bytes);
        return bytes;
    }

    private byte[] VariableLength()
    {
        var bytes = new byte[random.Next(1, 12)];
        Array.Fill(bytes, random.Next(2) == 0 ? (byte)0xff : (byte)0x80);
        bytes[^1] = (byte)random.Next(128);
        return bytes;
    }

    private static byte[] Set(byte[] original, int at, byte value)
    {
        var bytes = original.ToArray();
        bytes[at] = value;
        return bytes;
    }

    private static byte[] Swap(byte[] bytes, int a, int b, int length)
    {
        var (first, second) = (Math.Min(a, b), Math.Max(a, b));
        length = Math.Min(length, Math.Min(second - first, bytes.Length - second));
        return
        [
            .. bytes[..first], .. Range(bytes, second, length), .. bytes[(first + length)..second], .. Range(bytes, first, length),
            .. bytes[(second + length)..],
        ];
    }

    private long Extreme(int length) => random.Next(10) switch
    {
        0 => 0,
        1 => -1,
        2 => int.MaxValue,
        3 => uint.MaxValue,
        4 => long.MaxValue,
        5 => long.MinValue,
        6 => length + random.Next(-2, 3),
        7 => random.Next(length + 1),
        8 => 1L << random.Next(63),
        _ => random.Next(256),
    };
}
