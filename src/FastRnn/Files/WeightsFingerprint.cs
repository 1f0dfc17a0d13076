using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FastRnn.Files;

/// <summary>A short text that differs between two sets of weights of one model, where <see cref="ModelFingerprint"/> is the same.</summary>
internal static class WeightsFingerprint
{
    /// <summary>Where files keep it in their metadata.</summary>
    public const string MetadataKey = "fastrnn.weights";

    /// <summary>32 hexadecimal digits from the bits of all learned numbers.</summary>
    /// <param name="parameters">In canonical order, in single precision: <c>Model.Parameters</c>.</param>
    public static string Of(ReadOnlySpan<float> parameters)
    {
        // In pieces, because a span of bytes ends at 2 GB.
        const int Piece = 1 << 20;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (; parameters.Length > Piece; parameters = parameters[Piece..])
            hash.AppendData(MemoryMarshal.AsBytes(parameters[..Piece]));

        hash.AppendData(MemoryMarshal.AsBytes(parameters));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
