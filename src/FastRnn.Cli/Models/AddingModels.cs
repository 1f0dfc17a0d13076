namespace FastRnn.Cli.Models;

/// <summary>The models that add, by the names of their cells. A new one is a declaration and a row here.</summary>
internal static class AddingModels
{
    /// <summary>The names, as <c>--cells</c> wants them, in the order of the pictures.</summary>
    public static readonly string[] Cells = ["elman", "irnn", "indrnn", "gru", "mgu", "lstm"];

    /// <summary>Those that are compared if nothing else is said.</summary>
    public static readonly string[] DefaultCells = ["elman", "irnn", "gru", "lstm"];

    /// <summary>Does something with the model of a cell.</summary>
    /// <exception cref="ArgumentException">There is no such cell.</exception>
    public static TResult Run<TResult>(string cell, IVectorModelTask<TResult> task) => cell switch
    {
        "elman" => task.Run(seed => new AddingElman(seed)),
        "irnn" => task.Run(seed => new AddingIrnn(seed)),
        "indrnn" => task.Run(seed => new AddingIndRnn(seed)),
        "gru" => task.Run(seed => new AddingGru(seed)),
        "mgu" => task.Run(seed => new AddingMgu(seed)),
        "lstm" => task.Run(seed => new AddingLstm(seed)),
        _ => throw new ArgumentException($"Cell: expected one of {string.Join(", ", Cells)}, got '{cell}'.", nameof(cell)),
    };
}
