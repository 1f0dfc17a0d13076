namespace FastRnn.Files;

/// <summary>Compares a file with the checksum that its metadata say, while its data are read from the begin on: each byte comes from memory
/// once, and is summed while it is in a cache.</summary>
internal sealed class ChecksumCheck : IDisposable
{
    private readonly string path;
    private readonly string expected;
    private readonly bool hasDigits;
    private readonly FileChecksum sum = new();

    /// <summary>Begins with the header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its header; changed.</param>
    /// <param name="expected">The checksum.</param>
    public ChecksumCheck(string path, Span<byte> header, string expected)
    {
        (this.path, this.expected) = (path, expected);
        var digits = SafeTensorsChecksum.Digits(header);
        hasDigits = !digits.IsEmpty;
        digits.Fill((byte)'0');
        sum.Write(header);
    }

    /// <summary>How many bytes of the data are summed.</summary>
    public long Done { get; private set; }

    /// <summary>Bytes of the data were read. Those that do not follow what is summed are not summed yet.</summary>
    /// <param name="position">Where they stand in the data; negative in the header.</param>
    /// <param name="bytes">The bytes.</param>
    public void Add(long position, ReadOnlySpan<byte> bytes)
    {
        if (position == Done)
        {
            sum.Write(bytes);
            Done += bytes.Length;
        }
    }

    /// <summary>All data are summed.</summary>
    /// <exception cref="ModelFileException">The file has another checksum.</exception>
    public void Finish()
    {
        var got = sum.Finish();
        if (!hasDigits || got != expected)
        {
            throw new ModelFileException(path,
                $"metadata '{SafeTensorsChecksum.MetadataKey}': expected '{got}', got '{expected}': the file is damaged, or another "
                    + $"program changed it (which should leave that key out)");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => sum.Dispose();
}
