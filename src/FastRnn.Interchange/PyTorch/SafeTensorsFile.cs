using System.Runtime.InteropServices;
using FastRnn.Files;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>The tensors of a safetensors file. TorchSharp.PyBridge's are read too: their data are not aligned, as their headers are not
/// padded.</summary>
internal static class SafeTensorsFile
{
    private const int LongestHeader = 100_000_000;

    /// <summary>Whether a file begins as one: a length that it can hold, and an object of JSON.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 8
            && MemoryMarshal.Read<ulong>(bytes) is >= 2 and <= LongestHeader
            && bytes[8] == (byte)'{';

    /// <summary>Reads all tensors.</summary>
    /// <exception cref="ForeignFileException">It is damaged.</exception>
    public static StateDict Read(string path)
    {
        try
        {
            using var reader = SafeTensorsReader.Open(path);
            FileTensor[] tensors = [.. reader.Tensors.Select(entry => SafeTensorsInput.Read(reader, entry))];
            var format = reader.Metadata.TryGetValue("format", out var writer) ? $" (format '{writer}')" : "";
            return new StateDict($"safetensors{format}", tensors, KeepsOrder: false);
        }
        catch (ModelFileException e)
        {
            throw new ForeignFileException(e.Message, e);
        }
    }
}
