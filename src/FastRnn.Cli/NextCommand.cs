using FastRnn.Cli.Corpus;

namespace FastRnn.Cli;

/// <summary>What the user has to type for the next command.</summary>
internal static class NextCommand
{
    /// <summary>The program: by its project if it runs where that was built, by its command if it was installed as a tool, else by its
    /// name.</summary>
    public static string Prefix
    {
        get
        {
            var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));
            return File.Exists(Path.Combine(folder, "FastRnn.Cli.csproj"))
                ? $"dotnet run -c Release --project {Quote(Path.GetRelativePath(Environment.CurrentDirectory, folder))} --"
                : File.Exists(Path.Combine(AppContext.BaseDirectory, "DotnetToolSettings.xml"))
                ? "fastrnn" : typeof(NextCommand).Assembly.GetName().Name!;
        }
    }

    /// <summary>Writes with a model, from a word that its text begins lines with.</summary>
    public static string Sample(string folder, TrainingText text)
    {
        var prompt = FirstWord.Of(text.Parts.Training.Span) is { } word ? $"--prompt \"{word} \"" : "--temperature 0.7";
        return $"{Prefix} sample {Quote(folder)} {prompt}";
    }

    /// <summary>A path as a shell wants it.</summary>
    public static string Quote(string path) => path.Any(char.IsWhiteSpace) ? $"\"{path}\"" : path;
}
