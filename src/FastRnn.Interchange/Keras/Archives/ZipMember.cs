namespace FastRnn.Interchange.Keras.Archives;

/// <summary>An entry of a zip file's directory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Flags">Bit 0: encrypted.</param>
/// <param name="Method">0: stored, 8: deflated.</param>
/// <param name="Checksum">CRC-32 of its bytes.</param>
/// <param name="PackedLength">Bytes in the file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Offset">Where its own header begins.</param>
internal sealed record ZipMember(string Name, int Flags, int Method, uint Checksum, uint PackedLength, uint Length, uint Offset);
