using System.Text;
using System.Text.Json;

using FastRnn.Cli.Models;
using FastRnn.CompilerServices;
using FastRnn.Files;

namespace FastRnn.Cli.Folders;

/// <summary>A folder with a trained model: <c>config.json</c>, <c>model.safetensors</c> and, to train it further,
/// <c>trainer.safetensors</c>; its curves so far in <c>history.json</c>, and the same to look at in <c>report.html</c>.</summary>
internal sealed class ModelFolder(string path)
{
    private const int LargestConfiguration = 1 << 16;

    public string Path { get; } = path;

    /// <summary>The files that a training writes, but for the user's code.</summary>
    public IReadOnlyList<string> Files => [ConfigurationPath, ModelPath, TrainerPath, HistoryPath, PagePath];

    public string ConfigurationPath => System.IO.Path.Combine(Path, "config.json");

    public string ModelPath => System.IO.Path.Combine(Path, "model.safetensors");

    public string TrainerPath => System.IO.Path.Combine(Path, "trainer.safetensors");

    public string HistoryPath => System.IO.Path.Combine(Path, "history.json");

    public string PagePath => System.IO.Path.Combine(Path, "report.html");

    /// <summary>Does something with the model's class. If it has a cell of its own, the code that <c>config.json</c> names is compiled and
    /// run.</summary>
    /// <exception cref="CommandException">There is no model, or its configuration or code is damaged.</exception>
    public TResult Run<TResult>(IByteModelTask<TResult> task)
    {
        var configuration = ReadConfiguration();
        CheckSize(ModelPath, configuration);
        var spec = configuration.Spec(Path);
        return ByteModels.Run(spec, new CheckedTask<TResult>(configuration, spec, ConfigurationPath, task));
    }

    /// <summary>A configuration asks for memory only as far as there are weights: a parameter takes a byte at least.</summary>
    /// <param name="path">A file with all parameters; that it is missing is said where it is read.</param>
    /// <param name="configuration">What the folder says of the model.</param>
    public static void CheckSize(string path, ModelConfiguration configuration)
    {
        if (File.Exists(path) && new FileInfo(path).Length is var length && length < configuration.Parameters)
        {
            throw CommandException.Failed(FormattableString.Invariant(
                $"{path}: damaged: expected {configuration.Parameters} parameters as config.json says, got {length} bytes"));
        }
    }

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

    /// <summary>Saves the weights, the user's code if there is any, and the configuration; each file is replaced as a whole. The
    /// configuration comes last: with it the folder becomes a model.</summary>
    public void Save<TModel>(TModel model, ByteModelSpec spec, IReadOnlyDictionary<string, string> texts)
        where TModel : class, IModel<TModel>
    {
        model.Store.Save(ModelPath, texts);
        if (spec.Code is { } code)
            AtomicFile.Write(System.IO.Path.Combine(Path, code.FileName), stream => stream.Write(code.Bytes));
        var configuration = Encoding.UTF8.GetBytes(ModelConfiguration.Of(spec, TModel.Info).Text() + "\n");
        AtomicFile.Write(ConfigurationPath, stream => stream.Write(SealedText.Seal(configuration)));
    }

    /// <summary>Copies a model that was saved, each file as a whole; the configuration comes last.</summary>
    public void CopyTo(ModelFolder target)
    {
        var code = Parse().Code is { File: { } name } ? [System.IO.Path.Combine(Path, name)] : Array.Empty<string>();
        foreach (var file in Files.Concat(code).Where(File.Exists).OrderBy(file => file == ConfigurationPath))
        {
            using var source = File.OpenRead(file);
            AtomicFile.Write(System.IO.Path.Combine(target.Path, System.IO.Path.GetFileName(file)), source.CopyTo);
        }
    }

    /// <summary>Makes the folder and tries to write in it, so that an hour of training does not end with a model that cannot be
    /// saved.</summary>
    /// <exception cref="CommandException">It cannot be made or written.</exception>
    /// <param name="code">The user's code that will be stored there, or null.</param>
    public void PrepareForWriting(ModelCode? code = null)
    {
        try
        {
            if (File.Exists(Path))
            {
                throw CommandException.Failed($"{Path}: expected a directory to write the model to, got a file");
            }

            Directory.CreateDirectory(Path);
            if (Files.FirstOrDefault(Directory.Exists) is { } folder)
            {
                throw CommandException.Failed($"{folder}: cannot be written: it is a directory");
            }

            if (code is not null)
                KeepCode(code);
            AtomicFile.Write(System.IO.Path.Combine(Path, ".writable"), _ => { });
            File.Delete(System.IO.Path.Combine(Path, ".writable"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{Path}: cannot be written: {e.Message}");
        }
    }

    /// <summary>A file of that name may be the user's only copy of something else: what no model vouches for is not replaced.</summary>
    private void KeepCode(ModelCode code)
    {
        var place = System.IO.Path.Combine(Path, code.FileName);
        if (!File.Exists(place) || ModelCode.Read(place, code.IsDeclaration).Hash is var hash && hash == code.Hash)
            return;
        if (!File.Exists(ConfigurationPath) || Parse().Code is not { } known || known.File != code.FileName || known.Sha256 != hash)
            throw CommandException.Failed($"{place}: is there already, and is another code than {code.Path}: choose another --out");
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

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var json = SealedText.Open(bytes) ?? throw CommandException.Failed(
                $"{ConfigurationPath}: damaged, or changed by hand: the hash is not that of what follows it "
                    + "(who changes it takes out \"sha256\")");
            return JsonSerializer.Deserialize(json, JsonTexts.Default.ModelConfiguration)
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

    /// <summary>The sizes of the configuration are those of the class that was made of it.</summary>
    private sealed class CheckedTask<TResult>(
        ModelConfiguration configuration, ByteModelSpec spec, string path, IByteModelTask<TResult> task) : IByteModelTask<TResult>
    {
        public TResult Run<TModel>(Func<int, TModel> create)
            where TModel : class, IModel<TModel>, ITokenModel =>
            configuration.Difference(spec, TModel.Info) is { } problem
                ? throw CommandException.Failed($"{path}: {problem}") : task.Run(create);
    }
}
