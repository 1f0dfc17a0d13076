namespace FastRnn.Interchange.Networks;

/// <summary>A recurrent layer of one or two directions, in the words of the papers; what a dialect does otherwise is said by its
/// properties.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Kind">Which.</param>
/// <param name="InputSize">Length of x.</param>
/// <param name="HiddenSize">H.</param>
internal sealed record RecurrentLayer(string Name, RecurrentKind Kind, int InputSize, int HiddenSize) : NetworkLayer(Name)
{
    /// <summary>One direction, or forward and backward in this order.</summary>
    public required IReadOnlyList<RecurrentDirection> Directions { get; init; }

    /// <summary>How two directions become one.</summary>
    public Merge Merge { get; init; } = Merge.Concat;

    /// <summary>The arguments of all functions are cut to [-Clip, Clip], where the file says so (ONNX): the sums, and the cell state on its
    /// way into an LSTM's last function, but not the state itself. ONNX Runtime 1.31.1 leaves the latter out.</summary>
    public double? Clip { get; init; }

    /// <summary>ONNX's input_forget: f = 1 - i.</summary>
    public bool CouplesInputAndForget { get; init; }

    /// <summary>A GRU's dialect: r multiplies (U h + b) (PyTorch, linear_before_reset = 1, reset_after) instead of h.</summary>
    public bool ResetsAfterProduct { get; init; }

    /// <summary>Length of the output of a step.</summary>
    public int OutputSize
    {
        get
        {
            var one = Directions[0].Projection?.Rows ?? HiddenSize;
            return Directions.Count == 2 && Merge == Merge.Concat ? 2 * one : one;
        }
    }
}
