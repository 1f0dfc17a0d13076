using FastRnn.Tables.Preparing;

namespace FastRnn.Cli.Folders;

/// <summary>A JSON file of this program's folders: an object whose first member, <c>sha256</c>, is the hash of all bytes behind it. A file
/// without it is one of an earlier version, or somebody has written or changed it by hand: its other checks must do.</summary>
internal static class SealedText
{
    private static readonly SealedJson Frame = new("{\"sha256\":\"", "\",", "");

    /// <summary>The file of an object that has members.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> json) => Frame.Seal(json[1..]);

    /// <summary>The object of a file; null if it has a hash, and it is not the right one.</summary>
    public static byte[]? Open(byte[] file)
    {
        var content = Frame.Open(file, out var isIntact);
        return content is null ? file : isIntact ? [(byte)'{', .. content] : null;
    }

    /// <summary>The object of a file, whatever its hash.</summary>
    public static byte[] Content(byte[] file) => Frame.Open(file, out _) is { } content ? [(byte)'{', .. content] : file;
}
