namespace FastRnn.Testing;

/// <summary>What an operation reads of one sequence, in double precision.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Index">Its index in the model.</param>
/// <param name="Sequence">The sequence's place in its batch, by which numbers are drawn.</param>
/// <param name="Sources"><c>[source][step][...]</c>.</param>
/// <param name="Parameters">All of the layer.</param>
/// <param name="SourceTokens">What an encoder reads.</param>
/// <param name="Draws">The random numbers of training; null for inference.</param>
internal sealed record ReferenceStep(
    LayerInfo Layer, int Index, int Sequence, double[][][] Sources, double[] Parameters, int[] SourceTokens, ReferenceDraws? Draws)
{
    /// <summary>The step of the sequence that the first of these is.</summary>
    public int FirstStep { get; init; }

    /// <summary><c>[T][S]</c>: an attention leaves here what it looked at.</summary>
    public double[][] Attention { get; set; } = [];
}
