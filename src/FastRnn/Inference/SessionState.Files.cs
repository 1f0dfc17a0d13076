using FastRnn.Files;

namespace FastRnn.Inference;

/// <content>States as files.</content>
public sealed partial class SessionState<TModel>
{
    /// <summary>Saves the state, together with fingerprints of the model and of its weights as they are now (in single precision, whatever
    /// sessions keep): it can be loaded only for these. The file, in the safetensors format, is replaced as a whole or not at
    /// all.</summary>
    /// <remarks>Reads all weights of the model, for their fingerprint, and makes the model's parameters if these were embedded and not
    /// asked for yet: save many streams as one state of a batch rather than one by one.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="model">The model whose sessions the state came from.</param>
    /// <exception cref="ArgumentException">A number is not finite; the file is as before.</exception>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    public void Save(string path, TModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        AtomicFile.Write(path, stream => Save(stream, model));
    }

    /// <summary>Writes the same bytes into a stream: a <see cref="MemoryStream"/> makes an array of them.</summary>
    /// <inheritdoc cref="Save(string, TModel)" path="/remarks"/>
    /// <param name="stream">Receives them.</param>
    /// <param name="model">The model whose sessions the state came from.</param>
    /// <exception cref="ArgumentException">A number is not finite; nothing was written.</exception>
    public void Save(Stream stream, TModel model)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        StateFile.Write(stream, TModel.Info, model.Store.Parameters, BatchSize, Slots, values);
        GC.KeepAlive(model);
    }

    /// <summary>Loads what <see cref="Save(string, TModel)"/> wrote; the file need not be trusted.</summary>
    /// <remarks>Reads all weights of the model, as saving does: load many streams as one state of a batch.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="model">The model whose sessions the state is for.</param>
    /// <exception cref="ModelFileException">The file cannot be read, is damaged, is no state of this version, or belongs to another model
    /// or to other weights; or a number is not finite.</exception>
    public static SessionState<TModel> Load(string path, TModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var file = SafeTensorsReader.Open(path);
        return Load(file, model);
    }

    /// <summary>Loads a state from a stream that can be sought in, from its position to its end.</summary>
    /// <inheritdoc cref="Load(string, TModel)" path="/remarks"/>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="model">The model whose sessions the state is for.</param>
    /// <exception cref="ArgumentException">The stream cannot be read or sought in.</exception>
    /// <inheritdoc cref="Load(string, TModel)" path="/exception"/>
    public static SessionState<TModel> Load(Stream stream, TModel model)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        return stream.CanSeek && stream.CanRead
            ? Load(SafeTensorsReader.Open(stream, "the stream"), model)
            : throw new ArgumentException(
                "Expected a stream that can be read and sought in, got another: copy it into a MemoryStream first.", nameof(stream));
    }

    private static SessionState<TModel> Load(SafeTensorsReader file, TModel model)
    {
        var (batch, values) = StateFile.Read(file, TModel.Info, model.Store.Parameters, Slots);
        GC.KeepAlive(model);
        return new(batch, values);
    }
}
