using FastRnn.Cells;

namespace FastRnn.Interchange.Export;

/// <summary>A cell of the library as the ONNX operator that has its equations (RNN, GRU and LSTM of opset 14).</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Gates">The letters of the cell's fields in the operator's order: i o f c, or z r h; one empty text for an RNN.</param>
internal sealed record StandardCell(string Operator, params string[] Gates)
{
    private static readonly string[] LstmGates = ["i", "o", "f", "g"];
    private static readonly string[] GruGates = ["z", "r", "n"];

    private static readonly Dictionary<string, StandardCell> All = new()
    {
        [typeof(Lstm).FullName!] = new("LSTM", LstmGates),
        [typeof(PeepholeLstm).FullName!] = new("LSTM", LstmGates) { HasPeepholes = true },
        [typeof(CoupledLstm).FullName!] = new("LSTM", LstmGates) { Couples = true },
        [typeof(Gru).FullName!] = new("GRU", GruGates) { ResetsAfter = true },
        [typeof(GruResetBefore).FullName!] = new("GRU", GruGates),
        [typeof(Elman).FullName!] = new("RNN", ""),
        [typeof(ElmanBiasFree).FullName!] = new("RNN", ""),
        [typeof(ElmanRelu).FullName!] = new("RNN", "") { Function = "Relu" },
        [typeof(Irnn).FullName!] = new("RNN", "") { Function = "Relu" },
        [typeof(ElmanSigmoid).FullName!] = new("RNN", "") { Function = "Sigmoid" },
    };

    /// <summary>An RNN's function, where it is not the default Tanh.</summary>
    public string? Function { get; init; }

    /// <summary>Whether gates see the cell state: input P, in the order i o f.</summary>
    public bool HasPeepholes { get; init; }

    /// <summary>input_forget = 1: f = 1 - i. The file has weights of f all the same; they are zeros.</summary>
    public bool Couples { get; init; }

    /// <summary>linear_before_reset = 1.</summary>
    public bool ResetsAfter { get; init; }

    /// <summary>The operator of a layer's cell; null if there is none.</summary>
    public static StandardCell? Of(LayerInfo layer) => ZoneoutEquations.AreNeeded(layer) ? null : All.GetValueOrDefault(layer.Cell);
}
