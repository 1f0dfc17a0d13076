namespace FastRnn.Interchange.Networks;

/// <summary>One direction of a recurrent layer.</summary>
internal sealed record RecurrentDirection
{
    /// <summary>Whether it reads each sequence from its end (of its own length). Its outputs lie at the steps that they belong
    /// to.</summary>
    public bool Backward { get; init; }

    /// <summary>The gates, in the order of <see cref="RecurrentKind"/>.</summary>
    public required IReadOnlyList<GateWeights> Gates { get; init; }

    /// <summary>The function of the gates (ONNX: f): of i, f, o; of z, r; the only one of an RNN.</summary>
    public required FunctionUse GateFunction { get; init; }

    /// <summary>The function of the candidate (ONNX: g).</summary>
    public FunctionUse CandidateFunction { get; init; } = FunctionUse.Tanh;

    /// <summary>An LSTM's function of the new cell state on its way out (ONNX: h).</summary>
    public FunctionUse OutputFunction { get; init; } = FunctionUse.Tanh;

    /// <summary>An LSTM's projection <c>[P, H]</c> (Sak et al. 2014), or null.</summary>
    public WeightView? Projection { get; init; }

    /// <summary>The state h with which each sequence begins, a constant of the file <c>[H]</c>; null for zeros or what an input
    /// gives.</summary>
    public WeightView? FirstHidden { get; init; }

    /// <summary>The same for an LSTM's cell state.</summary>
    public WeightView? FirstCell { get; init; }
}
