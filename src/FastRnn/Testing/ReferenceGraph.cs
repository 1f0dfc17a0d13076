using FastRnn.CompilerServices;
using FastRnn.Language;

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
    internal ReferenceSequenceResult Run(ReferenceSequence sequence, int number, ReferenceDraws? draws, double[][]?[]? first) =>
        new ReferenceRun(this, sequence, number, draws, first).Run();

    /// <summary>The embedding tables.</summary>
    internal double[] Embedding => embedding;

    /// <summary>The parameters of a layer.</summary>
    internal double[] ParametersOf(int layer) => parameters[layer];

    /// <summary>The equations of a layer; null for an operation without kernels.</summary>
    internal ICell? CellOf(int layer) => cells[layer];
}
