namespace FastRnn.Interchange.Networks;

/// <summary>How the file's own inputs and outputs lie around the chain of layers, so that a model can be run by the file's names and in its
/// layout.</summary>
/// <param name="Input">The sequence: [.., Time, .., Feature], or tokens [.., Time, ..].</param>
/// <param name="Output">What the last layer puts out.</param>
internal sealed record Signature(TensorPort Input, TensorPort Output)
{
    /// <summary>The input with each sequence's length <c>[Batch]</c>, or null. Outputs behind a sequence's length are 0.</summary>
    public TensorPort? Lengths { get; init; }

    /// <summary>Inputs that hold the states with which sequences begin.</summary>
    public IReadOnlyList<StatePort> FirstStates { get; init; } = [];

    /// <summary>Inputs that nothing in the file reads: they may be given, and are not looked at.</summary>
    public IReadOnlyList<UnusedPort> Unused { get; init; } = [];

    /// <summary>Outputs that hold the states with which sequences end.</summary>
    public IReadOnlyList<StatePort> FinalStates { get; init; } = [];

    /// <summary>For each recurrent layer whether it has two directions: how <see cref="StateSlice"/> becomes one of the model's layers.
    /// Filled in
    /// when the network is complete.</summary>
    public IReadOnlyList<bool> Bidirectional { get; init; } = [];

    /// <summary>Steps with this token are masked: states are held (Keras' mask_zero).</summary>
    public int? MaskToken { get; init; }

    /// <summary>Steps all of whose numbers are this are masked: states are held (Keras' Masking).</summary>
    public double? MaskValue { get; init; }

    /// <summary>The output at masked steps that no held state explains (those before a sequence's first step that is not masked, and all
    /// of a
    /// bidirectional layer's): what the layers after the recurrent ones make of zeros, <c>[O]</c>. Asked of the file itself.</summary>
    public IReadOnlyList<double>? MaskedOutput { get; init; }

    /// <summary>Whether the output of a masked step repeats the one before (Keras, layers of one direction), or is
    /// <see cref="MaskedOutput"/>.</summary>
    public bool HoldsOutput { get; init; } = true;

    /// <summary>Whether the output's steps are in the opposite order of the input's (Keras' go_backwards).</summary>
    public bool OutputReversed { get; init; }

    /// <summary>The only number of steps that the file allows; null for any.</summary>
    public int? Steps { get; init; }

    /// <summary>The only number of sequences that the file allows; null for any.</summary>
    public int? Batch { get; init; }

    /// <summary>For how many samples a second (Hz) an audio model was made; null if the file does not say, or is of something
    /// else.</summary>
    public double? SampleRate { get; init; }
}
