using FastRnn.CompilerServices;
using FastRnn.Language;
using FastRnn.Operations;

namespace FastRnn.Testing;

/// <summary>A model of any shape executed in double precision, one sequence alone after the other, layer by layer: the oracle for generated
/// code for any wiring of layers and sequences of any lengths.</summary>
/// <remarks>Whatever a batch does, the truth of each of its sequences is what this says of it alone.</remarks>
public sealed class ReferenceGraph
{
    private readonly double[] embedding;
    private readonly double[][] parameters;
    private readonly ICell?[] cells;

    /// <summary>Makes a model of the given parameters, which are copied.</summary>
    /// <param name="info">The model.</param>
    /// <param name="parameters">All parameters in canonical order; <see cref="ModelInfo.ParameterCount"/> numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    public ReferenceGraph(ModelInfo info, ReadOnlySpan<double> parameters)
    {
        ReferenceShape.Expect(parameters.Length, info.ParameterCount, $"Parameters of {info.Name}", "numbers");
        Info = info;
        embedding = parameters[..info.EmbeddingParameters].ToArray();
        (this.parameters, cells) = (new double[info.Layers.Count][], new ICell?[info.Layers.Count]);
        for (var l = 0; l < cells.Length; l++)
        {
            var layer = info.Layers[l];
            this.parameters[l] = parameters.Slice(layer.ParameterOffset, layer.ParameterCount).ToArray();
            cells[l] = layer.Wiring.Operation == LayerOperation.Kernel ? ReferenceModel.CreateCell(layer, this.parameters[l]) : null;
        }
    }

    /// <summary>The model.</summary>
    public ModelInfo Info { get; }

    /// <summary>Runs a batch of sequences, each from its start.</summary>
    /// <param name="batch">At least one step each; any lengths, in any order.</param>
    /// <param name="draws">The random numbers of training; null for inference.</param>
    /// <exception cref="ArgumentException">A sequence does not fit the model.</exception>
    public ReferenceSequenceResult[] Run(IReadOnlyList<ReferenceSequence> batch, ReferenceDraws? draws = null) =>
        [.. batch.Select((sequence, number) => Run(sequence, number, draws))];

    /// <summary>Runs one sequence from its start.</summary>
    /// <param name="sequence">At least one step.</param>
    /// <param name="number">The sequence's place in its batch, by which its random numbers are drawn.</param>
    /// <param name="draws">The random numbers of training; null for inference.</param>
    /// <exception cref="ArgumentException">The sequence does not fit the model.</exception>
    public ReferenceSequenceResult Run(ReferenceSequence sequence, int number = 0, ReferenceDraws? draws = null) =>
        Run(sequence, number, draws, null);

    /// <summary>The same from states <c>[layer][state][...]</c>, instead of those that the model declares; null leaves a layer its
    /// own.</summary>
    internal ReferenceSequenceResult Run(ReferenceSequence sequence, int number, ReferenceDraws? draws, double[][]?[]? first)
    {
        var inputs = new Dictionary<int, double[][]>
        {
            [LayerWiring.MainInput] = ReferenceInput.Main(Info, embedding, sequence),
            [LayerWiring.SourceInput] = ReferenceInput.Source(Info, embedding, sequence),
            [LayerWiring.ConditionInput] = ReferenceInput.Condition(Info, sequence),
        };
        var count = Info.Layers.Count;
        var (values, states, attention) = (new double[count][][], new double[count][][], new double[count][][]);
        Array.Fill(states, []);
        Array.Fill(attention, []);
        for (var l = 0; l < count; l++)
        {
            var layer = Info.Layers[l];
            double[][][] sources = [.. layer.Wiring.Sources.Select(source => source < 0 ? inputs[source] : values[source])];
            if (LayerOperator.Of(layer.Wiring.Operation) is { } operation)
            {
                var step = new ReferenceStep(layer, l, number, sources, parameters[l], sequence.SourceTokens, draws);
                values[l] = operation.Reference(step);
                attention[l] = step.Attention;
            }
            else
            {
                if (layer.IsRecurrent)
                {
                    states[l] = first?[l] ?? ReferenceStart.Of(layer, l, number, layer.Wiring.Starts, parameters[l], values, states, draws);
                }

                values[l] = RunCell(l, sources[0], states[l]);
            }

            ReferenceShape.Expect(values[l].Min(y => y.Length), layer.OutputSize, $"Layer {l} of {Info.Name}", "outputs");
        }

        return new ReferenceSequenceResult(values, states, attention, ReferenceLoss.Normalized(Info, [values[^1]])?[0]);
    }

    /// <summary>All steps of a layer. The states become the last ones; a dense layer has none and gets none.</summary>
    private double[][] RunCell(int layer, double[][] inputs, double[][] states)
    {
        var outputs = new double[inputs.Length][];
        for (var t = 0; t < inputs.Length; t++)
        {
            var next = cells[layer]!.Step(inputs[t], [.. states]);
            next.AsSpan(0, states.Length).CopyTo(states);
            outputs[t] = next[0];
        }

        return outputs;
    }
}
