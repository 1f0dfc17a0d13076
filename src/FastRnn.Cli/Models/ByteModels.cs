namespace FastRnn.Cli.Models;

/// <summary>The byte-level models by the names of their cells. A new one is a declaration and a row here.</summary>
internal static class ByteModels
{
    public const string DefaultCell = "lstm";

    /// <summary>The names, as <c>--cell</c> wants them.</summary>
    public static readonly string[] Cells = [DefaultCell, "gru", "elman"];

    /// <summary>Does something with the model of a cell.</summary>
    /// <exception cref="ArgumentException">There is no such cell.</exception>
    public static TResult Run<TResult>(string cell, IByteModelTask<TResult> task) => cell switch
    {
        "lstm" => task.Run(seed => new LstmBytes(seed)),
        "gru" => task.Run(seed => new GruBytes(seed)),
        "elman" => task.Run(seed => new ElmanBytes(seed)),
        _ => throw new ArgumentException($"Cell: expected one of {string.Join(", ", Cells)}, got '{cell}'.", nameof(cell)),
    };
}
