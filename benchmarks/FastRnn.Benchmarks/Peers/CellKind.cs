namespace FastRnn.Benchmarks.Peers;

/// <summary>The cells that all peers know.</summary>
internal enum CellKind
{
    /// <summary>tanh(W x + U h + b).</summary>
    Elman,

    /// <summary>Gates i, f, g, o.</summary>
    Lstm,

    /// <summary>Gates r, z, n; reset after the product, as in PyTorch and cuDNN.</summary>
    Gru,
}
