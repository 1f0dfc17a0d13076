using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;

namespace FastRnn.Cli.Exports;

/// <summary>The files of a model's folder, which no output may replace.</summary>
internal static class ModelFiles
{
    /// <summary>Refuses an output that is one of them.</summary>
    /// <param name="loaded">The model.</param>
    /// <param name="output">The file to write; links are followed.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="CommandException">It is one of them.</exception>
    public static void Keep(LoadedModel loaded, string output, string option)
    {
        var folder = new ModelFolder(Path.GetDirectoryName(Path.GetFullPath(loaded.Weights))!);
        Keep(loaded.Weights, "holds the weights of the model");
        Keep(Path.ChangeExtension(loaded.Weights, ".cs"), "is the model's declaration");
        Keep(Path.Combine(folder.Path, "certificate.md"), "is the model's certificate");
        Keep(Path.Combine(folder.Path, "certificate.json"), "is the model's certificate");
        foreach (var path in folder.Files)
            Keep(path, "is a file of the model's folder");
        foreach (var name in (string[])[ModelCode.CellFile, ModelCode.DeclarationFile])
            Keep(Path.Combine(folder.Path, name), "is the model's code");

        void Keep(string path, string what) => ModelFiles.Keep(path, what, output, option);
    }

    /// <summary>Refuses an output that is a certain file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is: "holds the weights".</param>
    /// <param name="output">The file to write; links are followed.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="CommandException">They are one file.</exception>
    public static void Keep(string path, string what, string output, string option)
    {
        if (RealPath.AreSame(path, output))
            throw CommandException.Failed($"{output}: {what}, which {option} would replace");
    }
}
