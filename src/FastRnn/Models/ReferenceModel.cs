using FastRnn.Language;

namespace FastRnn.Models;

/// <summary>A whole model executed in double precision by its own equations, sequence after sequence, slowly and obviously: the oracle
/// for generated code. Together with <see cref="FiniteDifferences"/> it is the oracle for its gradients as well.</summary>
/// <remarks>Sequences are <c>[T][B][...]</c>, time-major. States are <c>[layer][state][B][...]</c>, in the order of
/// <see cref="LayerInfo.States"/>; those of a dense layer are there and ignored.</remarks>
public sealed class ReferenceModel
{
    private readonly ModelInfo info;
    private readonly double[] embedding;
    private readonly ICell[] cells;

    /// <summary>Makes a model of the given parameters, which are copied.</summary>
    /// <param name="info">The model.</param>
    /// <param name="parameters">All parameters in canonical order; <see cref="ModelInfo.ParameterCount"/> numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length, or the layers are more than a chain.</exception>
    public ReferenceModel(ModelInfo info, ReadOnlySpan<double> parameters)
    {
        if (parameters.Length != info.ParameterCount)
        {
            throw new ArgumentException(
                $"Parameters of {info.Name}: expected {info.ParameterCount} numbers, got {parameters.Length}.", nameof(parameters));
        }

        if (info.IsWired)
        {
            throw new ArgumentException($"{info.Name} is more than a chain of layers: {nameof(ReferenceGraph)} runs it.", nameof(info));
        }

        this.info = info;
        embedding = parameters[..info.EmbeddingParameters].ToArray();
        cells = new ICell[info.Layers.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var layer = info.Layers[i];
            cells[i] = CreateCell(layer, parameters.Slice(layer.ParameterOffset, layer.ParameterCount));
        }
    }

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

        var inputs = new double[tokens.Length / batch][][];
        for (var t = 0; t < inputs.Length; t++)
        {
            inputs[t] = new double[batch][];
            for (var row = 0; row < batch; row++)
            {
                inputs[t][row] = Look(tokens[t * batch + row], t, row);
            }
        }

        return RunVectors(inputs, batch, states);
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
        return RunVectors(inputs, inputs[0].Length, states);
    }

    /// <summary>The cell of a layer, or a dense layer.</summary>
    internal static ICell CreateCell(LayerInfo layer, ReadOnlySpan<double> parameters) =>
        layer.CreateReference(new CellParameters([.. layer.Parameters.Select(p => (p.Rows, p.Columns))], parameters));

    private ReferenceResult RunVectors(double[][][] inputs, int batch, double[][][][]? initialStates)
    {
        var states = initialStates is null ? ZeroStates(info, batch) : ReferenceShape.CopyStates(info, batch, initialStates);
        var outputs = new double[inputs.Length][][];
        for (var t = 0; t < inputs.Length; t++)
        {
            outputs[t] = new double[batch][];
            for (var row = 0; row < batch; row++)
            {
                outputs[t][row] = inputs[t][row];
                for (var layer = 0; layer < cells.Length; layer++)
                {
                    outputs[t][row] = Step(layer, outputs[t][row], states[layer], row);
                }
            }
        }

        return new ReferenceResult(outputs, info.SoftmaxOutput ? ReferenceLoss.Softmax(outputs) : null, states);
    }

    private double[] Step(int layer, double[] x, double[][][] states, int row)
    {
        var next = cells[layer].Step(x, [.. states.Select(state => state[row])]);
        for (var state = 0; state < states.Length; state++)
        {
            states[state][row] = next[state];
        }

        return next[0];
    }

    private double[] Look(int token, int t, int row)
    {
        if ((uint)token >= (uint)info.Vocabulary)
        {
            throw new ArgumentException(
                $"Token of step {t}, sequence {row}: expected 0 to {info.Vocabulary - 1}, got {token}.", nameof(token));
        }

        if (info.Input == InputKind.Embedding)
        {
            return embedding.AsSpan(token * info.InputSize, info.InputSize).ToArray();
        }

        var vector = new double[info.InputSize];
        vector[token] = 1;
        return vector;
    }
}
