using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FastRnn.Tests.Files;

/// <summary>Changes a safetensors file as another program would, which leaves the rest of it right and the checksum out.</summary>
internal static class EditedFile
{
    /// <summary>Replaces a text of the header, which must be there once.</summary>
    public static void Replace(string path, string from, string to)
    {
        File.WriteAllBytes(path, Replace(File.ReadAllBytes(path), from, to));
    }

    /// <summary>The same of a file in memory.</summary>
    public static byte[] Replace(byte[] file, string from, string to)
    {
        var (header, data) = Split(file);
        Assert.Equal(2, header.Split(from).Length);
        return Join(header.Replace(from, to, StringComparison.Ordinal), data);
    }

    /// <summary>The file without its checksum.</summary>
    public static byte[] WithoutChecksum(byte[] file)
    {
        var (header, data) = Split(file);
        return Join(header, data);
    }

    /// <summary>Replaces the numbers of a tensor, as many bytes as it has.</summary>
    public static void Replace(string path, string tensor, byte[] numbers)
    {
        var (header, data) = Split(File.ReadAllBytes(path));
        using var json = JsonDocument.Parse(header);
        var offsets = json.RootElement.GetProperty(tensor).GetProperty("data_offsets");
        Assert.Equal(offsets[1].GetInt32() - offsets[0].GetInt32(), numbers.Length);
        numbers.CopyTo(data, offsets[0].GetInt32());
        File.WriteAllBytes(path, Join(header, data));
    }

    /// <summary>Header and numbers of a file without its checksum and without the spaces that align the numbers.</summary>
    public static (string Header, byte[] Data) Content(byte[] file)
    {
        var (header, data) = Split(file);
        return (header.TrimEnd(' '), data);
    }

    private static (string Header, byte[] Data) Split(byte[] file)
    {
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var header = Encoding.UTF8.GetString(file, 8, length);
        var without = Regex.Replace(header, "\"fastrnn.checksum\":\"[0-9a-f]{32}\",?", "");
        return (without.Replace(",}", "}", StringComparison.Ordinal), file[(8 + length)..]);
    }

    private static byte[] Join(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        data.CopyTo(file, 8 + text.Length);
        return file;
    }
}
