namespace FastRnn.Cli.GradientFlow;

/// <summary>Why the gradient of a cell that has learned nothing yet goes as it does.</summary>
internal static class CellRemarks
{
    /// <summary>A sentence.</summary>
    public static string Of(string cell) => cell switch
    {
        "elman" =>
            "The simple cell (elman) multiplies by its matrix and by the slope of tanh, which is below 1 wherever a unit is not silent: "
                + "its gradient vanishes.",
        "irnn" =>
            "The IRNN's matrix begins as the identity, and its ReLU has the slope 1: the gradient arrives as it left, "
                + "as long as the units are alive. Nothing but clipping keeps it from exploding later.",
        "indrnn" =>
            "In the IndRNN every unit has one weight for itself, which begins at 1: the gradient arrives, "
                + "and the weight's powers can be watched and bounded.",
        "gru" => "The GRU's update gate begins half open, for its bias is 0: half of the state is replaced at every step, "
            + "so that at first its gradient vanishes faster than the simple cell's. But the gate can learn to keep.",
        "mgu" => "The minimal gated unit resets and updates with one gate that begins at 0.73, for its bias is 1, "
            + "and what it lets in replaces the state: a gradient vanishes as fast as the GRU's.",
        "lstm" =>
            "The LSTM carries a sum: along it the gradient is multiplied by the forget gate alone, which begins at 0.73, "
                + "for its bias is 1; what goes through the gates and the candidate comes on top.",
        _ => "",
    };
}
