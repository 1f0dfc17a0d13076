using FastRnn.CompilerServices;

namespace FastRnn.Testing;

/// <summary>What a <see cref="ReferenceGraph"/> computed of one sequence. A layer of domain <see cref="TimeDomain.Single"/> has one
/// step.</summary>
/// <param name="Values"><c>[layer][step][...]</c>: the output of each layer at each of its steps.</param>
/// <param name="States"><c>[layer][state][...]</c> after the last step of the layer; of a layer that is not recurrent, empty.</param>
/// <param name="Attention"><c>[layer][T][S]</c>: how much of each step of the source a step looks at; of a layer without attention,
/// empty.</param>
/// <param name="Probabilities"><c>[T][O]</c>: the outputs as inference normalises them: probabilities
/// (<see cref="ModelInfo.SoftmaxOutput"/>) or their logarithms (<see cref="ModelInfo.LogSoftmaxOutput"/>); null if it does not.</param>
public sealed record ReferenceSequenceResult(double[][][] Values, double[][][] States, double[][][] Attention, double[][]? Probabilities)
{
    /// <summary><c>[T][O]</c>: the last layer's outputs, before the softmax if there is one. Losses start here.</summary>
    public double[][] Outputs => Values[^1];
}
