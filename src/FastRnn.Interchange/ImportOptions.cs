namespace FastRnn.Interchange;

/// <summary>What a file that holds weights and nothing else leaves open.</summary>
public sealed record ImportOptions
{
    /// <summary>Whether the model is run with <c>[B, T, I]</c> instead of <c>[T, B, I]</c> (a state_dict).</summary>
    public bool BatchFirst { get; init; }

    /// <summary>Whether the layers after the recurrent ones see the last step only (a state_dict).</summary>
    public bool LastStep { get; init; }

    /// <summary>The function of <c>torch.nn.RNN</c>: <c>tanh</c> or <c>relu</c> (a state_dict).</summary>
    public string Nonlinearity { get; init; } = "tanh";

    /// <summary>What follows the last layer (a state_dict): <c>none</c>, <c>sigmoid</c>, <c>tanh</c>, <c>relu</c>, <c>softmax</c>,
    /// <c>log_softmax</c>.</summary>
    public string OutputActivation { get; init; } = "none";

    /// <summary>The configuration that belongs to a file of Keras' weights: <c>config.json</c> or a <c>.keras</c> file.</summary>
    public string? Configuration { get; init; }
}
