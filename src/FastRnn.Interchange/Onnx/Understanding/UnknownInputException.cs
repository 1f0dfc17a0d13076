namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>A node reads what was not understood. That is noted already, so this node adds no problem.</summary>
internal sealed class UnknownInputException : Exception;
