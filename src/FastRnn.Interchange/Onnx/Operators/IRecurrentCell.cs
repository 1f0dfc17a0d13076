namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>One step of one sequence in one direction.</summary>
internal interface IRecurrentCell
{
    /// <summary>Computes the next states in place.</summary>
    /// <param name="x">The step's input <c>[I]</c>.</param>
    /// <param name="h">The hidden state <c>[H]</c>.</param>
    /// <param name="c">The cell state <c>[H]</c>, of an LSTM.</param>
    void Step(ReadOnlySpan<double> x, Span<double> h, Span<double> c);
}
