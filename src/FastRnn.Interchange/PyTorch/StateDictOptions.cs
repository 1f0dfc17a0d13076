namespace FastRnn.Interchange.PyTorch;

/// <summary>What the code around a state dict says and the file does not.</summary>
internal sealed record StateDictOptions
{
    /// <summary>Whether the model was built with <c>batch_first=True</c>: inputs and outputs are [Batch, Time, ..].</summary>
    public bool BatchFirst { get; init; }

    /// <summary>Whether what follows the recurrent layers reads <c>h_n</c> alone: the last step of each direction.</summary>
    public bool LastStep { get; init; }

    /// <summary>The function of plain recurrent layers (<c>nn.RNN</c>): "tanh" or "relu".</summary>
    public string Nonlinearity { get; init; } = "tanh";

    /// <summary>A function behind the last layer: "sigmoid", "tanh", "relu", "softmax", "log_softmax"; null for none.</summary>
    public string? OutputActivation { get; init; }

    /// <summary>Whether the input is tokens that are looked up in an embedding; null if names and sizes shall tell.</summary>
    public bool? Tokens { get; init; }

    /// <summary>Which dictionary of a checkpoint with several of them is read: <c>state_dict</c>, <c>models.generator</c>; null if there is
    /// but one.</summary>
    public string? Dictionary { get; init; }
}
