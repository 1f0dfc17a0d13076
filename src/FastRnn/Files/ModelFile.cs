using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FastRnn.Files;

/// <summary>The weights of a model as a safetensors file, under PyTorch's names for the built-in cells.</summary>
public static unsafe class ModelFile
{
    /// <summary>Saves the weights. The file is replaced as a whole or not at all.</summary>
    /// <param name="info">The model.</param>
    /// <param name="parameters">Its learned numbers in canonical order, <c>[ParameterCount]</c>.</param>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Texts to store beside the weights; <see cref="ModelFingerprint.MetadataKey"/> is added.</param>
    /// <param name="format">How matrices are stored that kernels multiply by vectors. Vectors, embeddings, matrices of which tokens select
    /// columns, and what attention learns stay in single precision. <see cref="WeightFormat.BFloat16"/> rounds each number to the nearest,
    /// ties to even. <see cref="WeightFormat.Int8"/> writes a tensor of I8, <c>[rows, columns]</c>, from -127 to 127, and beside it the
    /// scales of its rows, <c>NAME.scale</c>, F32, <c>[rows]</c>: a number is the product of both. A model that is loaded from there has
    /// int8 sessions with the bits of this one's, and computes with the products where a session has single precision.</param>
    /// <exception cref="ArgumentException">The number of parameters is wrong, one of them is not finite, or the metadata are of another
    /// model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    public static void Save(
        ModelInfo info, ReadOnlySpan<float> parameters, string path, IReadOnlyDictionary<string, string>? metadata = null,
        WeightFormat format = WeightFormat.Float32) => SaveThen(info, parameters, path, metadata, format, written: null);

    /// <summary>The same; when everything is written something more is done, and with its exception the old file stays.</summary>
    internal static void SaveThen(
        ModelInfo info, ReadOnlySpan<float> parameters, string path, IReadOnlyDictionary<string, string>? metadata, WeightFormat format,
        Action? written)
    {
        CheckLength(info, parameters.Length);
        if (!Enum.IsDefined(format))
            throw new ArgumentOutOfRangeException(nameof(format), format, "Expected Float32, BFloat16 or Int8.");

        var tensors = ModelTensors.Of(info);
        CheckFinite(tensors, parameters);
        var all = ModelFingerprint.AddTo(metadata, info);
        // Other tools' word for row-major tensors under PyTorch's names.
        all.TryAdd("format", "pt");
        fixed (float* first = parameters)
        {
            // Nothing is copied: a large model's numbers are in memory often enough. They are pinned while they are written.
            var data = FormattedTensors.Of(info, tensors, format, first);
            AtomicFile.Write(path, stream =>
            {
                SafeTensorsWriter.Write(stream, data, all);
                written?.Invoke();
            });
        }
    }

    /// <summary>Loads weights: all of them, or none if anything is wrong. F32 is read as it is, F16 and BF16 are widened, F64
    /// is rounded, and matrices of I8 are multiplied by the scales of their rows, which <c>NAME.scale</c> holds. A tensor that is wholly
    /// added to others (PyTorch's second bias) may be missing; an unknown tensor is refused.</summary>
    /// <param name="info">The model.</param>
    /// <param name="parameters">Receives its learned numbers in canonical order, <c>[ParameterCount]</c>.</param>
    /// <param name="path">The file.</param>
    /// <returns>The texts stored beside the weights.</returns>
    /// <exception cref="ArgumentException">The number of parameters is wrong.</exception>
    /// <exception cref="ModelFileException">The file cannot be read, is damaged or belongs to another model, or a number is not
    /// finite.</exception>
    public static IReadOnlyDictionary<string, string> Load(ModelInfo info, Span<float> parameters, string path) =>
        Load(info, parameters, path, TensorNames.Own).Metadata;

    /// <summary>Loads weights that stand in the file under other names: all of them, or none if anything is wrong.</summary>
    /// <param name="info">The model.</param>
    /// <param name="parameters">Receives its learned numbers in canonical order, <c>[ParameterCount]</c>.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">What the model's tensors are called in the file, and whether it may have others.</param>
    /// <returns>The texts stored beside the weights, and the names of tensors that are none of the model's, which were not read: only
    /// with <see cref="TensorNames.AllowExtra"/>.</returns>
    /// <exception cref="ArgumentException">The number of parameters is wrong, or a name is mapped to one that the model does not
    /// have.</exception>
    /// <exception cref="ModelFileException">The file cannot be read, is damaged or belongs to another model, or a number is not
    /// finite.</exception>
    public static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<string> ExtraTensors) Load(
        ModelInfo info, Span<float> parameters, string path, TensorNames names)
    {
        CheckLength(info, parameters.Length);
        var loaded = new float[parameters.Length];
        var read = LoadInto(info, loaded, path, names);
        loaded.CopyTo(parameters);
        return read;
    }

    /// <summary>The same into memory that nobody sees if anything is wrong: there is no copy then. Every number is written.</summary>
    internal static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<string> ExtraTensors) LoadInto(
        ModelInfo info, Span<float> parameters, string path, TensorNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(names.Prefix);
        ArgumentNullException.ThrowIfNull(names.Map);
        using var file = SafeTensorsReader.OpenUnverified(path);
        IReadOnlyList<string> extra;
        try
        {
            extra = ModelFileLoader.Load(file, info, names, parameters);
        }
        catch (ModelFileException)
        {
            // What is wrong in a damaged file may look like anything: that it is damaged says more.
            file.Verify();
            throw;
        }

        file.Verify();
        return (file.Metadata, extra);
    }

    /// <summary>The texts stored in a file, to learn which model it belongs to before loading it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file cannot be read or is damaged.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        using var file = SafeTensorsReader.Open(path);
        return file.Metadata;
    }

    /// <summary>The first number that is infinite or none, or -1.</summary>
    internal static int IndexOfNotFinite(ReadOnlySpan<float> values)
    {
        // Whole vectors as long as all is well: what has the bits of infinity or more, its sign left out, is no finite number.
        const uint Infinity = 0x7F80_0000, WithoutSign = 0x7FFF_FFFF;
        var bits = MemoryMarshal.Cast<float, uint>(values);
        var first = 0;
        for (; first <= bits.Length - Vector256<uint>.Count; first += Vector256<uint>.Count)
        {
            var magnitudes = Vector256.Create(bits.Slice(first, Vector256<uint>.Count)) & Vector256.Create(WithoutSign);
            if (Vector256.GreaterThanOrEqualAny(magnitudes, Vector256.Create(Infinity)))
                break;
        }

        for (var i = first; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                return i;
        }

        return -1;
    }

    // A file that could not be loaded again must not replace one that can be.
    private static void CheckFinite(IReadOnlyList<ModelTensor> tensors, ReadOnlySpan<float> parameters)
    {
        foreach (var tensor in tensors)
        {
            var position = 0;
            foreach (var part in tensor.Parts)
            {
                var values = parameters.Slice(part.Offset, part.Count);
                var bad = part.Folded ? -1 : IndexOfNotFinite(values);
                if (bad >= 0)
                {
                    throw new ArgumentException(
                        $"tensor '{tensor.Name}', element {position + bad}: expected a finite number, got {values[bad]}",
                        nameof(parameters));
                }

                position += part.Count;
            }
        }
    }

    private static void CheckLength(ModelInfo info, int parameters)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (parameters != info.ParameterCount)
            throw new ArgumentException(
                $"{info.Name}: expected a span of {info.ParameterCount} parameters, got {parameters}", nameof(parameters));
    }
}
