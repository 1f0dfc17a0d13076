namespace FastRnn.Interchange;

/// <summary>What a file that holds weights and nothing else leaves open.</summary>
public sealed record ImportOptions
{
    /// <summary>What is said for files of other formats only.</summary>
    internal IEnumerable<string> ForStateDicts
    {
        get
        {
            if (BatchFirst)
                yield return "batch first";
            if (LastStep)
                yield return "last step";
            if (Nonlinearity != "tanh")
                yield return "nonlinearity";
            if (OutputActivation != "none")
                yield return "output activation";
            if (Dictionary is not null)
                yield return "dictionary";
        }
    }

    /// <summary>Whether the model is run with <c>[B, T, I]</c> instead of <c>[T, B, I]</c> (a state_dict).</summary>
    public bool BatchFirst { get; init; }

    /// <summary>Whether the layers after the recurrent ones see the last step only (a state_dict).</summary>
    public bool LastStep { get; init; }

    /// <summary>The function of <c>torch.nn.RNN</c>: <c>tanh</c> or <c>relu</c> (a state_dict).</summary>
    public string Nonlinearity { get; init; } = "tanh";

    /// <summary>What follows the last layer (a state_dict): <c>none</c>, <c>sigmoid</c>, <c>tanh</c>, <c>relu</c>, <c>softmax</c>,
    /// <c>log_softmax</c>.</summary>
    public string OutputActivation { get; init; } = "none";

    /// <summary>Which dictionary of a checkpoint that has several (a state_dict).</summary>
    public string? Dictionary { get; init; }

    /// <summary>Which model of a container of several, counted from 0 (NAM).</summary>
    public int? Submodel { get; init; }

    /// <summary>The configuration that belongs to a file of Keras' weights: <c>config.json</c> or a <c>.keras</c> file.</summary>
    public string? Configuration { get; init; }

    /// <summary>The model of one's own that a file of Keras' weights is to fill: <c>Tagger.Info</c> of a class <c>Tagger</c> whose cells
    /// are layers of Keras (<c>Lstm</c>, <c>Gru</c>, <c>GruResetBefore</c>, <c>Elman</c> and its kin).</summary>
    public ModelInfo? Declared { get; init; }
}
