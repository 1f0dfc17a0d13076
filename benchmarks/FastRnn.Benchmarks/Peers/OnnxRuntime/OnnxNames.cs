namespace FastRnn.Benchmarks.Peers.OnnxRuntime;

/// <summary>The inputs and outputs of a model by layer.</summary>
internal static class OnnxNames
{
    public const string X = "X";

    /// <summary>Outputs of a layer, [Steps, 1, Batch, Hidden].</summary>
    public static string Y(int layer) => $"Y{layer}";

    /// <summary>The state before: "h" or "c".</summary>
    public static string Before(string state, int layer) => $"{state}{layer}_before";

    /// <summary>The state after: "h" or "c".</summary>
    public static string After(string state, int layer) => $"{state}{layer}_after";

    /// <summary>The states of a cell.</summary>
    public static IReadOnlyList<string> States(CellKind cell) => cell == CellKind.Lstm ? ["h", "c"] : ["h"];
}
