namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>What an operator means where it acts on a symbol.</summary>
/// <param name="call">The node and the values of its inputs.</param>
/// <returns>The values of its outputs; what is missing at the end is not understood, and a problem only where it is used.</returns>
/// <exception cref="ForeignFileException">The node is not understood.</exception>
internal delegate IReadOnlyList<Value> NodeRule(NodeCall call);
