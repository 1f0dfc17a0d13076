using System.Text.Json;

using FastRnn.Files;

namespace FastRnn.Tables.Preparing;

/// <summary>The file of a preparation: JSON whose first member is a checksum of all that follows it, so that a changed byte is
/// noticed.</summary>
internal static class PreparationFile
{
    /// <summary>A larger file is refused.</summary>
    public const int LargestFile = 16 << 20;

    private static readonly SealedJson Frame = new("{\"version\":1,\"sha256\":\"", "\",\"preparation\":", "}\n");

    public static void Write(string path, PreparationText text) => AtomicFile.Write(path, stream => stream.Write(Bytes(text)));

    public static byte[] Bytes(PreparationText text) =>
        Sealed(JsonSerializer.SerializeToUtf8Bytes(text, PreparationJson.Default.PreparationText));

    /// <summary>A file with this content.</summary>
    public static byte[] Sealed(ReadOnlySpan<byte> preparation) => Frame.Seal(preparation);

    /// <summary>The content of a file, without the checksum before it; null if the frame is not that of such a file.</summary>
    public static byte[]? Content(ReadOnlySpan<byte> file) => Frame.Open(file, out _);

    /// <exception cref="ModelFileException">The file is broken, or of another version.</exception>
    public static PreparationText Read(string path)
    {
        using var file = RegularFile.Open(path);
        if (file.Length > LargestFile)
            throw new ModelFileException(path, FormattableString.Invariant($"expected at most {LargestFile} bytes, got {file.Length}"));
        var bytes = new byte[file.Length];
        try
        {
            file.ReadExactly(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(path, $"cannot be read: {e.Message}", e);
        }

        var content = Frame.Open(bytes, out var isIntact)
            ?? throw new ModelFileException(path, $"no preparation of a table of version 1: expected '{Frame.Begin}...'");
        if (!isIntact)
            throw new ModelFileException(path, "damaged: the checksum is not that of what follows it");
        try
        {
            var text = JsonSerializer.Deserialize(content, PreparationJson.Default.PreparationText)
                ?? throw new ModelFileException(path, "preparation: expected an object, got null");
            return text.Problem() is { } problem ? throw new ModelFileException(path, problem) : text;
        }
        catch (JsonException e)
        {
            throw new ModelFileException(path, $"preparation: {e.Message}", e);
        }
    }
}
