using FastRnn.Testing;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>The declared loss of a batch of sequences as a function of the parameters: each sequence alone, by its equations in double
/// precision.</summary>
internal sealed class StructuredOracle : IOracle
{
    private readonly ModelInfo info;
    private readonly StructuredBatch batch;
    private readonly ReferenceSequence[] sequences;
    private readonly ReferenceDraws? draws;

    public StructuredOracle(StructuredBatch batch, float[] parameters, ReferenceDraws? draws)
    {
        (this.batch, this.draws, sequences, info) = (batch, draws, batch.Sequences(), RecurrentDropoutReference.In(batch.Info));
        Point = Array.ConvertAll(parameters, value => (double)value);
        if (info.EmbeddingParameters > 0)
            Tensors.Add(("embedding", 0, info.EmbeddingParameters));
        for (var l = 0; l < info.Layers.Count; l++)
        {
            foreach (var parameter in info.Layers[l].Parameters)
                Tensors.Add(($"{parameter.Name} of layer {l} ({info.Layers[l].Cell})", info.Layers[l].ParameterOffset + parameter.Offset,
                    parameter.Count));
        }
    }

    /// <inheritdoc/>
    public List<(string Name, int Offset, int Count)> Tensors { get; } = [];

    /// <inheritdoc/>
    public double[] Point { get; }

    /// <inheritdoc/>
    public double Loss(double[] point) => batch.Loss(new ReferenceGraph(info, point).Run(sequences, draws));

    /// <summary>Inference, sequence after sequence.</summary>
    public ReferenceSequenceResult[] Run() => new ReferenceGraph(info, Point).Run(sequences);

    /// <summary>The outputs in inference: after a softmax if the model has one.</summary>
    public double[] Outputs() => [.. Run().SelectMany(result => result.Probabilities ?? result.Outputs).SelectMany(y => y)];

    /// <summary>A bound on relative errors, for the most steps that stand behind one another: from the first of a source to the last of a
    /// sequence.</summary>
    public double ForwardBound => ErrorBound.Forward(
        info, batch.Lengths.Zip(batch.SourceLengths.Concat(Enumerable.Repeat(0, batch.Count)), (main, source) => main + source).Max());
}
