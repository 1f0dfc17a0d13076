using FastRnn.Compiler;
using FastRnn.Interchange;
using FastRnn.Interchange.Files;

namespace FastRnn.Cli.Imports;

/// <summary>A declaration of one model: a C# file, compiled in this process.</summary>
internal sealed class DeclarationFile : IDisposable
{
    /// <summary>The longest declaration that is read.</summary>
    public const int MostBytes = 1 << 20;

    private readonly CompiledModels compiled;

    /// <summary>Reads and compiles it.</summary>
    /// <exception cref="ForeignFileException">It cannot be read.</exception>
    /// <exception cref="CommandException">It does not compile, or declares no model or several.</exception>
    public DeclarationFile(string path)
    {
        using var reader = new StreamReader(new MemoryStream(FileDoor.ReadAll(path, MostBytes)));
        (Path, Text) = (path, reader.ReadToEnd());
        try
        {
            compiled = ModelCompiler.Compile(Text, System.IO.Path.GetFileName(path));
        }
        catch (CompilationException e)
        {
            throw CommandException.Failed(e.Message);
        }

        if (compiled.Models is [var type])
        {
            Model = type;
            return;
        }

        var names = string.Join(", ", compiled.Models.Select(m => m.Name));
        compiled.Dispose();
        throw CommandException.Failed($"{path}: expected one class with [Model], got {(names.Length == 0 ? "none" : names)}");
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>The model's class.</summary>
    public Type Model { get; }

    /// <inheritdoc/>
    public void Dispose() => compiled.Dispose();
}
