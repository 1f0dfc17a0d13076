using System.Buffers.Binary;

using FastRnn.Files;

namespace FastRnn.Fuzz.Mutation;

/// <summary>A safetensors file in its two parts. A file that says the length of its header wrongly has one part only.</summary>
internal static class SafeTensorsParts
{
    private const int LengthBytes = 8;

    /// <summary>Where the numbers begin.</summary>
    public static int Letters(byte[] file) => Split(file) is var parts && ReferenceEquals(parts.Header, file)
        ? file.Length : LengthBytes + parts.Header.Length;

    public static (byte[] Header, byte[] Data) Split(byte[] file)
    {
        var length = file.Length < LengthBytes ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(file);
        return length > (ulong)(file.Length - LengthBytes)
            ? (file, [])
            : (file[LengthBytes..(LengthBytes + (int)length)], file[(LengthBytes + (int)length)..]);
    }

    /// <summary>A file whose length of the header is right, and the checksum too, if it stands there as this library writes it.</summary>
    public static byte[] Join(byte[] header, byte[] data)
    {
        var file = new byte[LengthBytes + header.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        var copied = file.AsSpan(LengthBytes, header.Length);
        header.CopyTo(copied);
        data.CopyTo(file, LengthBytes + header.Length);
        var digits = SafeTensorsChecksum.Digits(copied);
        if (!digits.IsEmpty)
        {
            digits.Fill((byte)'0');
            using var sum = new FileChecksum();
            sum.Write(copied);
            sum.Write(data);
            System.Text.Encoding.ASCII.GetBytes(sum.Finish(), digits);
        }

        return file;
    }
}
