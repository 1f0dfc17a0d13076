using FastRnn.Tables;

namespace FastRnn.Cli.Tables;

/// <summary>What is a table, and which folder holds a model of one.</summary>
internal static class TableFiles
{
    private static readonly string[] Extensions = [".csv", ".tsv", ".parquet"];

    /// <summary>Whether a file is a table by its name.</summary>
    public static bool IsTable(string? path) => path is not null && Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Whether a folder holds a model that reads tables.</summary>
    public static bool IsModel(string folder) => File.Exists(Path.Combine(folder, TableModel.PreparationFileName));

    /// <summary>A model of text does not go where one of a table is.</summary>
    /// <exception cref="CommandException">There is one.</exception>
    public static void Keep(string folder)
    {
        if (IsModel(folder))
            throw CommandException.Failed($"{folder}: there is a model of a table in this directory: choose another with --out");
    }
}
