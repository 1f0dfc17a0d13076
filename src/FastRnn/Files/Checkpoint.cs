using System.Globalization;

namespace FastRnn.Files;

/// <summary>What a trainer needs to go on where it stopped: named arrays and texts in a safetensors file that knows its
/// model. An open checkpoint reads from its file when asked, after the lengths were compared.</summary>
public sealed class Checkpoint : IDisposable
{
    private readonly SafeTensorsReader file;

    private Checkpoint(SafeTensorsReader file) => this.file = file;

    /// <summary>The texts.</summary>
    public IReadOnlyDictionary<string, string> Metadata => file.Metadata;

    /// <summary>Where it is.</summary>
    internal string Path => file.Path;

    /// <summary>Saves a checkpoint. The file is replaced as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="info">The model that is trained.</param>
    /// <param name="tensors">The arrays, names all different.</param>
    /// <param name="metadata">Texts; <see cref="ModelFingerprint.MetadataKey"/> is added.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is reserved, or the metadata are of another model.</exception>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    public static void Save(
        string path, ModelInfo info, IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var all = ModelFingerprint.AddTo(metadata, info);
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, tensors, all));
    }

    /// <summary>Opens a checkpoint. To be disposed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="info">The model that is to be trained further.</param>
    /// <exception cref="ModelFileException">The file cannot be read, is damaged, or belongs to another model.</exception>
    public static Checkpoint Open(string path, ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var file = SafeTensorsReader.Open(path);
        try
        {
            ModelFingerprint.Check(file, info, required: true);
            return new Checkpoint(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the checkpoint holds an array of this name.</summary>
    public bool Contains(string name) => file.Find(name) is not null;

    /// <summary>The text of a key.</summary>
    /// <exception cref="ModelFileException">There is none.</exception>
    public string Text(string key) => Metadata.TryGetValue(key, out var text)
        ? text
        : throw new ModelFileException(file.Path, $"metadata '{key}' is missing");

    /// <summary>An array of single precision, which need not be finite.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Receives it; must be exactly as long.</param>
    /// <exception cref="ModelFileException">There is no such array, its length or type is another, or the file cannot be read.</exception>
    public void Read(string name, Span<float> values) => Read(name, TensorType.F32, values);

    /// <summary>An array of double precision, which need not be finite.</summary>
    /// <inheritdoc cref="Read(string, Span{float})"/>
    public void Read(string name, Span<double> values) => Read(name, TensorType.F64, values);

    /// <summary>An array of signed integers.</summary>
    /// <inheritdoc cref="Read(string, Span{float})"/>
    public void Read(string name, Span<long> values) => Read(name, TensorType.I64, values);

    /// <summary>An array of unsigned integers.</summary>
    /// <inheritdoc cref="Read(string, Span{float})"/>
    public void Read(string name, Span<ulong> values) => Read(name, TensorType.U64, values);

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    /// <summary>The shape of an array.</summary>
    /// <exception cref="ModelFileException">There is none of this name.</exception>
    internal IReadOnlyList<long> Shape(string name) => Find(name).Shape;

    /// <summary>An array of single precision, all of whose numbers are finite.</summary>
    /// <exception cref="ModelFileException">There is no such array, its shape or type is another, or a number is not finite.</exception>
    internal float[] ReadFinite(string name, params long[] shape)
    {
        var got = Shape(name);
        if (!got.SequenceEqual(shape))
        {
            throw new ModelFileException(
                file.Path, $"tensor '{name}': expected the shape {TensorEntry.Format(shape)}, got {TensorEntry.Format(got)}");
        }

        var values = new float[Find(name).Count];
        Read(name, values);
        var bad = ModelFile.IndexOfNotFinite(values);
        return bad < 0
            ? values
            : throw new ModelFileException(file.Path, string.Create(
                CultureInfo.InvariantCulture, $"{name}: element {bad} is not a finite number"));
    }

    private TensorEntry Find(string name) =>
        file.Find(name) ?? throw new ModelFileException(file.Path, $"tensor '{name}' is missing");

    private void Read<T>(string name, TensorType type, Span<T> values)
        where T : unmanaged
    {
        var tensor = Find(name);
        if (tensor.Type != type || tensor.Count != values.Length)
        {
            throw new ModelFileException(
                file.Path, $"tensor '{name}': expected {values.Length} numbers {type}, got {tensor.Count} of {tensor.Type}");
        }

        file.Read(tensor, 0, values);
    }
}
