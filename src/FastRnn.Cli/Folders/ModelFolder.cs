using System.Text;
using System.Text.Json;

using FastRnn.CompilerServices;
using FastRnn.Files;

namespace FastRnn.Cli.Folders;

/// <summary>A folder with a trained model: <c>config.json</c>, <c>model.safetensors</c> and, to train it further,
/// <c>trainer.safetensors</c>; its curves so far in <c>history.json</c>, and the same to look at in <c>report.html</c>.</summary>
internal sealed class ModelFolder(string path)
{
    private const int LargestConfiguration = 1 << 16;

    public string Path { get; } = path;

    public string ConfigurationPath => System.IO.Path.Combine(Path, "config.json");

    public string ModelPath => System.IO.Path.Combine(Path, "model.safetensors");

    public string TrainerPath => System.IO.Path.Combine(Path, "trainer.safetensors");

    public string HistoryPath => System.IO.Path.Combine(Path, "history.json");

    public string PagePath => System.IO.Path.Combine(Path, "report.html");

    /// <summary>Reads and checks the configuration.</summary>
    /// <exception cref="CommandException">There is no folder, no model in it, or none of this program's.</exception>
    public ModelConfiguration ReadConfiguration()
    {
        if (!Directory.Exists(Path))
        {
            throw CommandException.Failed(File.Exists(Path)
                ? $"{Path}: expected a directory with a model, got a file"
                : $"{Path}: there is no such directory");
        }

        if (!File.Exists(ConfigurationPath))
        {
            throw CommandException.Failed($"{Path}: there is no model in this directory (config.json is missing)");
        }

        var configuration = Parse();
        return configuration.Problem() is { } problem
            ? throw CommandException.Failed($"{ConfigurationPath}: {problem}")
            : configuration;
    }

    /// <summary>A model with the weights of the folder.</summary>
    /// <param name="texts">Receives the texts stored with them.</param>
    /// <exception cref="CommandException">They are missing.</exception>
    /// <exception cref="ModelFileException">They are damaged or belong to another model.</exception>
    public TModel Load<TModel>(out IReadOnlyDictionary<string, string> texts)
        where TModel : class, IModel<TModel>
    {
        if (!File.Exists(ModelPath))
        {
            throw CommandException.Failed($"{Path}: model.safetensors is missing");
        }

        var model = TModel.Create(ModelStore<TModel>.Zeros(SimdWidth.Auto));
        try
        {
            using var edit = model.Store.Edit();
            texts = ModelFile.Load(TModel.Info, edit.Parameters, ModelPath);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Saves the weights and the configuration; each file is replaced as a whole. The configuration comes last: with it the folder
    /// becomes a model.</summary>
    public void Save<TModel>(TModel model, string cell, IReadOnlyDictionary<string, string> texts)
        where TModel : class, IModel<TModel>
    {
        model.Store.Save(ModelPath, texts);
        var configuration = JsonSerializer.Serialize(ModelConfiguration.Of(cell, TModel.Info), JsonTexts.Default.ModelConfiguration);
        AtomicFile.Write(ConfigurationPath, stream => stream.Write(Encoding.UTF8.GetBytes(configuration + "\n")));
    }

    /// <summary>Makes the folder and tries to write in it, so that an hour of training does not end with a model that cannot be
    /// saved.</summary>
    /// <exception cref="CommandException">It cannot be made or written.</exception>
    public void PrepareForWriting()
    {
        try
        {
            if (File.Exists(Path))
            {
                throw CommandException.Failed($"{Path}: expected a directory to write the model to, got a file");
            }

            Directory.CreateDirectory(Path);
            if (new[] { ConfigurationPath, ModelPath, TrainerPath, HistoryPath, PagePath }.FirstOrDefault(Directory.Exists) is { } folder)
            {
                throw CommandException.Failed($"{folder}: cannot be written: it is a directory");
            }

            AtomicFile.Write(System.IO.Path.Combine(Path, ".writable"), _ => { });
            File.Delete(System.IO.Path.Combine(Path, ".writable"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{Path}: cannot be written: {e.Message}");
        }
    }

    private ModelConfiguration Parse()
    {
        try
        {
            using var file = RegularFile.Open(ConfigurationPath);
            if (file.Length > LargestConfiguration)
            {
                throw CommandException.Failed($"{ConfigurationPath}: expected at most {LargestConfiguration} bytes, got {file.Length}");
            }

            return JsonSerializer.Deserialize(file, JsonTexts.Default.ModelConfiguration)
                ?? throw CommandException.Failed($"{ConfigurationPath}: expected an object, got null");
        }
        catch (JsonException e)
        {
            throw CommandException.Failed($"{ConfigurationPath}: damaged: {e.Message}");
        }
        catch (Exception e) when (e is IOException and not ModelFileException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{ConfigurationPath}: cannot be read: {e.Message}");
        }
    }
}
