namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>A state of a recurrent layer that an input of the graph gives.</summary>
/// <param name="Source">The input.</param>
/// <param name="Index">Its place along the input's dimension of slices; 0 if there is none.</param>
/// <param name="Node">Which node is the layer.</param>
/// <param name="Backward">Which direction of a layer of two.</param>
/// <param name="IsCell">An LSTM's cell state, or h.</param>
internal sealed record FirstStateUse(StateInput Source, int Index, int Node, bool Backward, bool IsCell);
