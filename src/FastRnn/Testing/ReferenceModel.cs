using FastRnn.Language;

namespace FastRnn.Testing;

/// <summary>A whole model executed in double precision by its own equations, time-major, all sequences of one length, slowly and obviously:
/// the oracle for generated code. Together with <see cref="FiniteDifferences"/> it is the oracle for its gradients as well.</summary>
/// <remarks>Sequences are <c>[T][B][...]</c>, time-major. States are <c>[layer][state][B][...]</c>, in the order of
/// <see cref="LayerInfo.States"/>; those of a dense layer are there and ignored.</remarks>
public sealed class ReferenceModel
{
    private readonly ModelInfo info;
    private readonly ReferenceGraph graph;

    /// <summary>Makes a model of the given parameters, which are copied.</summary>
    /// <param name="info">The model.</param>
    /// <param name="parameters">All parameters in canonical order; <see cref="ModelInfo.ParameterCount"/> numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    public ReferenceModel(ModelInfo info, ReadOnlySpan<double> parameters) =>
        (this.info, graph) = (info, new ReferenceGraph(info, parameters));

    /// <summary>States of zeros, <c>[layer][state][B][...]</c>, to change and to start from.</summary>
    public static double[][][][] ZeroStates(ModelInfo info, int batch) =>
        [.. info.Layers.Select(layer => layer.States.Select(state => ReferenceShape.Zeros(batch, state.Size)).ToArray())];

    /// <summary>Runs sequences of tokens through the model.</summary>
    /// <param name="tokens"><c>[T, B]</c>, the tokens of a step side by side.</param>
    /// <param name="batch">B: the number of sequences.</param>
    /// <param name="states"><c>[layer][state][B][...]</c>; zeros if null. Never changed.</param>
    /// <exception cref="ArgumentException">The model reads vectors, a token is outside the vocabulary, or a length is wrong.</exception>
    public ReferenceResult Run(ReadOnlySpan<int> tokens, int batch, double[][][][]? states = null)
    {
        if (info.Input == InputKind.Vector)
        {
            throw new ArgumentException($"{info.Name} reads vectors of length {info.InputSize}, got tokens.", nameof(tokens));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (tokens.Length % batch != 0)
        {
            throw new ArgumentException(
                $"Tokens: expected a multiple of the batch of {batch}, got {tokens.Length}.", nameof(tokens));
        }

        var rows = new ReferenceSequence[batch];
        for (var row = 0; row < batch; row++)
        {
            var own = new int[tokens.Length / batch];
            for (var t = 0; t < own.Length; t++)
            {
                own[t] = tokens[(t * batch) + row];
                if ((uint)own[t] >= (uint)info.Vocabulary)
                {
                    throw new ArgumentException(
                        $"Token of step {t}, sequence {row}: expected 0 to {info.Vocabulary - 1}, got {own[t]}.", nameof(tokens));
                }
            }

            rows[row] = new ReferenceSequence { Tokens = own };
        }

        return Run(rows, states);
    }

    /// <summary>Runs sequences of vectors through the model.</summary>
    /// <param name="inputs"><c>[T][B][I]</c>, at least one step and one sequence.</param>
    /// <param name="states"><c>[layer][state][B][...]</c>; zeros if null. Never changed.</param>
    /// <exception cref="ArgumentException">The model reads tokens, or a length is wrong.</exception>
    public ReferenceResult Run(double[][][] inputs, double[][][][]? states = null)
    {
        if (info.Input != InputKind.Vector)
        {
            throw new ArgumentException($"{info.Name} reads tokens, got vectors.", nameof(inputs));
        }

        if (inputs.Length == 0 || inputs[0].Length == 0)
        {
            throw new ArgumentException("Inputs: expected at least one step and one sequence, got none.", nameof(inputs));
        }

        ReferenceShape.Check(inputs, inputs.Length, inputs[0].Length, info.InputSize, "Inputs");
        return Run([.. inputs[0].Select((_, row) => new ReferenceSequence { Inputs = [.. inputs.Select(step => step[row])] })], states);
    }

    /// <summary>The cell of a layer, or a dense layer.</summary>
    internal static ICell CreateCell(LayerInfo layer, ReadOnlySpan<double> parameters) =>
        layer.CreateReference(new CellParameters([.. layer.Parameters.Select(p => (p.Rows, p.Columns))], parameters));

    private ReferenceResult Run(ReferenceSequence[] rows, double[][][][]? initialStates)
    {
        var states = initialStates is null ? ZeroStates(info, rows.Length) : ReferenceShape.CopyStates(info, rows.Length, initialStates);
        var results = rows.Select((row, number) =>
            graph.Run(row, number, null, [.. states.Select(layer => layer.Select(state => state[number]).ToArray())])).ToArray();
        for (var row = 0; row < rows.Length; row++)
        {
            for (var layer = 0; layer < states.Length; layer++)
            {
                for (var state = 0; state < states[layer].Length; state++)
                {
                    // A layer without carried states has its last outputs there.
                    states[layer][state][row] = info.Layers[layer].IsRecurrent
                        ? results[row].States[layer][state] : results[row].Values[layer][^1];
                }
            }
        }

        double[][][] outputs = [.. results[0].Outputs.Select((_, t) => results.Select(result => result.Outputs[t]).ToArray())];
        return new ReferenceResult(outputs, ReferenceLoss.Normalized(info, outputs), states);
    }
}
