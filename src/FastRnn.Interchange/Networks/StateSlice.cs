namespace FastRnn.Interchange.Networks;

/// <summary>One state of one direction of one layer.</summary>
/// <param name="Layer">Which of <see cref="Network.Recurrent"/>, counted from 0.</param>
/// <param name="Backward">Which direction of a layer of two; false in a layer of one.</param>
/// <param name="IsCell">An LSTM's cell state, or h.</param>
internal sealed record StateSlice(int Layer, bool Backward, bool IsCell);
