using System.IO.Compression;
using System.Text;
using FastRnn.Interchange.PyTorch.Pickle;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>A file of <c>torch.save</c> since PyTorch 1.6: a zip archive of entries below one folder of any name, with the pickle
/// <c>data.pkl</c>, a storage in each <c>data/KEY</c> and, since 2.1, <c>byteorder</c>. PyTorch compresses nothing; TorchSharp.PyBridge
/// does.</summary>
internal sealed class TorchArchive
{
    private const int MostShownWays = 20;
    private const int MostEntries = 100_000;

    private readonly string path;
    private readonly string folder;
    private readonly Dictionary<string, ZipArchiveEntry> entries;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> storages = [];
    private readonly bool isCompressed;
    private long gatherable;

    private TorchArchive(string path, int length, ZipArchive zip)
    {
        this.path = path;
        gatherable = length + (16L << 20);
        var most = (2L * length) + (32L << 20);
        entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        long total = 0;
        foreach (var entry in zip.Entries)
        {
            total += entry.Length;
            isCompressed |= entry.Length != entry.CompressedLength;
            if (total > most)
                throw new ForeignFileException($"{path}: expected at most {most} bytes in all entries, got {total} and more");
            if (!entries.TryAdd(entry.FullName, entry))
                throw new ForeignFileException($"{path}: there are two entries '{entry.FullName}'");
        }

        const string Pickle = "/data.pkl";
        string[] pickles = [.. entries.Keys.Where(name => name.EndsWith(Pickle, StringComparison.Ordinal))];
        if (pickles.Length != 1)
        {
            throw new ForeignFileException(
                $"{path}: expected an archive of torch.save with one entry NAME/data.pkl, got {pickles.Length} of them "
                    + $"among {entries.Count} entries");
        }

        folder = pickles[0][..^Pickle.Length];
        if (entries.ContainsKey($"{folder}/constants.pkl"))
        {
            throw new ForeignFileException(
                $"{path}: this is a TorchScript program (it holds constants.pkl); save model.state_dict() with torch.save instead");
        }
    }

    /// <summary>Whether a file begins as a zip archive.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Reads the tensors of the state dict.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its bytes, of which nothing is kept.</param>
    /// <param name="dictionary">Which dictionary of several is meant; null if there is but one.</param>
    /// <exception cref="ForeignFileException">It is damaged, or the pickle uses what is not known.</exception>
    public static unsafe StateDict Read(string path, ReadOnlySpan<byte> bytes, string? dictionary)
    {
        // Before anything is made of them; each begins so in the directory of the archive.
        var count = bytes.Count("PK\u0001\u0002"u8);
        if (count > MostEntries)
            throw new ForeignFileException($"{path}: expected at most {MostEntries} entries, got {count}");
        try
        {
            fixed (byte* first = bytes)
            {
                using var stream = new UnmanagedMemoryStream(first, bytes.Length);
                using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
                return new TorchArchive(path, bytes.Length, zip).Read(dictionary);
            }
        }
        catch (Exception e) when (
            e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new ForeignFileException($"{path}: the zip archive is damaged: {e.Message}", e);
        }
    }

    private StateDict Read(string? dictionary)
    {
        CheckByteOrder();
        var place = $"{path}: {folder}/data.pkl";
        var pickle = Bytes("data.pkl", PickleMachine.MostBytes);
        var found = PickledStateDicts.Find(PickleMachine.Read(place, pickle));
        var version = entries.ContainsKey($"{folder}/version") ? Text("version").Trim() : "unknown";
        var origin = isCompressed
            ? "PyTorch state dict (a compressed archive, as TorchSharp.PyBridge writes it)"
            : $"PyTorch state dict (torch.save, archive version {version})";
        if (found.Count == 0)
            throw new ForeignFileException($"{place}: expected a dictionary of tensors, a state dict; there is none");
        var chosen = dictionary is null ? found : [.. found.Where(one => one.Way == dictionary)];
        if (chosen.Count != 1)
        {
            var ways = string.Join(", ", found.Take(MostShownWays).Select(one => $"'{one.Way}' ({one.Dictionary.Items.Count} entries)"));
            var wanted = dictionary is null ? "name one of them" : $"there is no '{dictionary}' among them";
            return new StateDict(origin, [], KeepsOrder: true)
            {
                Problems = [$"{found.Count} dictionaries hold tensors: {ways}; {wanted}"],
            };
        }

        var tensors = new List<FileTensor>();
        var ignored = new List<string>();
        foreach (var (key, value) in chosen[0].Dictionary.Items)
        {
            if (value is PickleTensor tensor)
                tensors.Add(Gather($"{key}", tensor));
            else
                ignored.Add($"'{key}' is no tensor");
        }

        return new StateDict(origin, tensors, KeepsOrder: true) { Ignored = ignored };
    }

    private void CheckByteOrder()
    {
        if (!entries.ContainsKey($"{folder}/byteorder"))
            return;
        var order = Text("byteorder").Trim();
        if (order != "little")
            throw new ForeignFileException($"{path}: {folder}/byteorder: expected 'little', got '{order}'");
    }

    private FileTensor Gather(string name, PickleTensor tensor)
    {
        var (storage, offset, shape, strides) = tensor;
        var size = storage.Type.Size();
        if (!storages.TryGetValue(storage.Key, out var bytes))
        {
            bytes = Bytes($"data/{storage.Key}", long.MaxValue);
            storages.Add(storage.Key, bytes);
        }

        if (bytes.Length != (Int128)storage.Count * size)
        {
            throw new ForeignFileException(
                $"{path}: tensor '{name}': expected {storage.Count} {storage.Type} in {folder}/data/{storage.Key}, "
                    + $"got {bytes.Length} bytes");
        }

        Int128 count = 1;
        foreach (var one in shape)
        {
            count *= one;
            if (count > storage.Count && !shape.Contains(0))
            {
                throw new ForeignFileException(
                    $"{path}: tensor '{name}' [{string.Join(", ", shape)}] repeats elements of its storage of {storage.Count}: "
                        + $"it was expanded");
            }
        }

        if (count == 0)
            return new FileTensor(name, storage.Type, shape, ReadOnlyMemory<byte>.Empty);
        if (tensor.IsContiguous)
            return new FileTensor(name, storage.Type, shape, bytes.Slice((int)offset * size, (int)count * size));

        gatherable -= (int)count * size;
        if (gatherable < 0)
            throw new ForeignFileException($"{path}: tensor '{name}': more is gathered from storages than the file is long");
        var gathered = new byte[(int)count * size];
        var index = new long[shape.Count];
        for (var i = 0; i < (int)count; i++)
        {
            var from = offset;
            for (var d = 0; d < index.Length; d++)
                from += index[d] * strides[d];
            bytes.Span.Slice((int)from * size, size).CopyTo(gathered.AsSpan(i * size));
            for (var d = index.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
                index[d] = 0;
        }

        return new FileTensor(name, storage.Type, shape, gathered);
    }

    private string Text(string name) => Encoding.ASCII.GetString(Bytes(name, 100).Span);

    private ReadOnlyMemory<byte> Bytes(string name, long most)
    {
        if (!entries.TryGetValue($"{folder}/{name}", out var entry))
            throw new ForeignFileException($"{path}: there is no entry '{folder}/{name}'");
        if (entry.Length > most)
            throw new ForeignFileException($"{path}: entry '{folder}/{name}': expected at most {most} bytes, got {entry.Length}");
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }
}
