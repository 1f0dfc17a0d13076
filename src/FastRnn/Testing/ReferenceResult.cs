namespace FastRnn.Testing;

/// <summary>What a <see cref="ReferenceModel"/> computed.</summary>
/// <param name="Outputs"><c>[T][B][O]</c>: the last layer's outputs, before the softmax if there is one. Losses start here.</param>
/// <param name="Probabilities"><c>[T][B][O]</c>: the outputs as inference normalises them: probabilities
/// (<see cref="ModelInfo.SoftmaxOutput"/>) or their logarithms (<see cref="ModelInfo.LogSoftmaxOutput"/>); null if it does not.</param>
/// <param name="States"><c>[layer][state][B][...]</c> after the last step.</param>
public sealed record ReferenceResult(double[][][] Outputs, double[][][]? Probabilities, double[][][][] States);
