using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastRnn.Files;

/// <summary>Reads a safetensors file from an untrusted source. Opening it checks everything but the numbers, and these as well if the file
/// has a checksum, as all files of FastRnn do; only then may they be read. Not for several threads at once.</summary>
public sealed class SafeTensorsReader : IDisposable
{
    /// <summary>The longest header that is accepted, 100 MB.</summary>
    internal const int MaxHeaderBytes = 100_000_000;

    private readonly Stream stream;
    private readonly long origin;
    private readonly Dictionary<string, TensorEntry> byName;
    private readonly long dataBegin;
    private readonly long dataBytes;
    private ChecksumCheck? check;

    private SafeTensorsReader(string path, Stream stream)
    {
        Path = path;
        this.stream = stream;
        origin = stream.Position;

        var length = stream.Length - origin;
        if (length < 8)
            throw new ModelFileException(path, $"it is no safetensors file: expected at least 8 bytes, got {length}");

        Span<byte> word = stackalloc byte[8];
        ReadBytes(0, word);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(word);
        var allowed = Math.Min(MaxHeaderBytes, length - 8);
        if (headerLength > (ulong)allowed)
        {
            var isText = word.ContainsAnyInRange((byte)' ', (byte)'~') && !word.ContainsAnyExceptInRange((byte)'\t', (byte)'~');
            throw new ModelFileException(path, $"it is no safetensors file{(isText ? " but a text" : ", or damaged")}: "
                + $"the header: expected at most {allowed} bytes, got a length of {headerLength}");
        }

        var header = new byte[headerLength];
        ReadBytes(8, header);
        var (tensors, metadata) = SafeTensorsHeader.Parse(path, header);
        dataBegin = 8 + header.Length;
        dataBytes = length - dataBegin;
        SafeTensorsLayout.Check(path, tensors, dataBytes);
        if (MetadataKeys.FindUnknown(metadata.Keys) is { } unknown)
            throw new ModelFileException(path, $"metadata '{unknown}' is unknown: the file is damaged, or of a later version of FastRnn");

        // Of no use to who reads the texts, and wrong beside other numbers.
        if (metadata.Remove(SafeTensorsChecksum.MetadataKey, out var checksum))
            check = new ChecksumCheck(path, header, checksum);

        Tensors = tensors;
        Metadata = metadata;
        byName = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensors in the order of the header.</summary>
    public IReadOnlyList<TensorEntry> Tensors { get; }

    /// <summary>Texts that the file carries.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">It cannot be opened or is not a valid safetensors file.</exception>
    public static SafeTensorsReader Open(string path) => Open(path, isVerified: true);

    /// <summary>Opens a file whose reader reads it once, from the begin to the end, and calls <see cref="Verify"/> before anybody sees its
    /// numbers: a large file is then summed while it is read, instead of being read twice.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">It cannot be opened or is not a valid safetensors file.</exception>
    internal static SafeTensorsReader OpenUnverified(string path) => Open(path, isVerified: false);

    private static SafeTensorsReader Open(string path, bool isVerified)
    {
        var stream = RegularFile.Open(path);
        try
        {
            var file = new SafeTensorsReader(path, stream);
            if (isVerified)
                file.Verify();

            return file;
        }
        catch (Exception e)
        {
            stream.Dispose();
            if (e is UnauthorizedAccessException or IOException and not ModelFileException)
                throw new ModelFileException(path, $"cannot be read: {e.Message}", e);

            throw;
        }
    }

    /// <summary>Reads a file that lies in a stream, from its position to its end.</summary>
    /// <param name="stream">The stream, which can be sought in; closed with the reader.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ModelFileException">It is not a valid safetensors file.</exception>
    internal static SafeTensorsReader Open(Stream stream, string name)
    {
        var file = new SafeTensorsReader(name, stream);
        file.Verify();
        return file;
    }

    /// <summary>Sums what is left in front of a tensor. Who reads the tensor afterwards, from its first element on, sums it
    /// meanwhile.</summary>
    internal void SumUpTo(TensorEntry tensor) => SumUpTo(tensor.Begin);

    /// <summary>Compares the checksum, if the file has one, after whatever of the data is not summed yet.</summary>
    /// <exception cref="ModelFileException">The file is damaged, or cannot be read.</exception>
    internal void Verify()
    {
        if (check is null)
            return;

        SumUpTo(dataBytes);
        check.Finish();
        check.Dispose();
        check = null;
    }

    /// <summary>The tensor of a name, or null.</summary>
    public TensorEntry? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Reads a part of a tensor as it is stored: <typeparamref name="T"/> is <c>float</c> for F32,
    /// <c>double</c> for F64, <c>long</c> for I64, <c>ulong</c> for U64, <c>Half</c> for F16,
    /// <c>ushort</c> for the bits of BF16, and so on.</summary>
    /// <param name="tensor">A tensor of this file.</param>
    /// <param name="first">The first element to read.</param>
    /// <param name="values">Receives as many elements as it is long.</param>
    /// <exception cref="ArgumentException">The elements of the tensor have another size, or it has fewer.</exception>
    /// <exception cref="ModelFileException">The file cannot be read.</exception>
    public void Read<T>(TensorEntry tensor, long first, Span<T> values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var size = tensor.Type.Size();
        if (!ReferenceEquals(Find(tensor.Name), tensor) || Unsafe.SizeOf<T>() != size)
        {
            throw new ArgumentException(
                $"'{tensor.Name}' ({tensor.Type}) is no tensor of this file with elements of {Unsafe.SizeOf<T>()} bytes", nameof(tensor));
        }

        if (first < 0 || first > tensor.Count - values.Length)
            throw new ArgumentException(
                $"tensor '{tensor.Name}' has {tensor.Count} elements, not {first} + {values.Length}", nameof(first));

        // Small enough to be in a cache still when it is summed.
        const int Piece = 1 << 16;
        for (var done = 0; done < values.Length; done += Piece)
        {
            var piece = values.Slice(done, Math.Min(Piece, values.Length - done));
            ReadBytes(dataBegin + tensor.Begin + (first + done) * size, MemoryMarshal.AsBytes(piece));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        check?.Dispose();
        stream.Dispose();
    }

    private void SumUpTo(long end)
    {
        if (check is null || check.Done >= end)
            return;

        const int Piece = 1 << 18;
        var buffer = new byte[(int)Math.Min(end - check.Done, Piece)];
        while (check.Done < end)
            ReadBytes(dataBegin + check.Done, buffer.AsSpan(0, (int)Math.Min(end - check.Done, Piece)));
    }

    private void ReadBytes(long position, Span<byte> bytes)
    {
        try
        {
            stream.Position = origin + position;
            stream.ReadExactly(bytes);
            check?.Add(position - dataBegin, bytes);
        }
        catch (IOException e)
        {
            throw new ModelFileException(Path, $"expected {bytes.Length} bytes at {position}: {e.Message}", e);
        }
    }
}
