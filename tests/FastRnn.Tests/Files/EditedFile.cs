using System.Buffers.Binary;
using System.Text;

namespace FastRnn.Tests.Files;

/// <summary>Changes a safetensors file as somebody with an editor would, who leaves the rest of it right.</summary>
internal static class EditedFile
{
    /// <summary>Replaces a text of the header, which must be there once.</summary>
    public static void Replace(string path, string from, string to)
    {
        var bytes = File.ReadAllBytes(path);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var header = Encoding.UTF8.GetString(bytes, 8, length);
        Assert.Equal(2, header.Split(from).Length);
        Write(path, header.Replace(from, to, StringComparison.Ordinal), bytes.AsSpan(8 + length));
    }

    private static void Write(string path, string header, ReadOnlySpan<byte> data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        data.CopyTo(file.AsSpan(8 + text.Length));
        File.WriteAllBytes(path, file);
    }
}
