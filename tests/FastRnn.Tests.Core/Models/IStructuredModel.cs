using FastRnn.Testing;

namespace FastRnn.Tests.Models;

/// <summary>A model that reads batches of sequences, whatever its type.</summary>
internal interface IStructuredModel
{
    ModelInfo Info { get; }

    /// <summary>Outputs in inference, laid out like the batch.</summary>
    /// <param name="parameters">In canonical order.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="width">Of vectors.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="room">How many sequences and steps more there is room for.</param>
    /// <param name="weights">Which weights the kernels read.</param>
    float[] Predict(
        float[] parameters, StructuredBatch batch, SimdWidth width = SimdWidth.Auto, int threads = 1, int room = 0,
        WeightFormat weights = WeightFormat.Float32);

    /// <summary>The weights <c>[T, S]</c> of the only attention for each sequence.</summary>
    float[][] Attend(float[] parameters, StructuredBatch batch, SimdWidth width = SimdWidth.Auto, int threads = 1);

    /// <summary>The loss in inference.</summary>
    double Evaluate(float[] parameters, StructuredBatch batch, int threads = 1);

    /// <summary>Losses and the sum of the gradients of batches, one after the other, as the first step of training would have
    /// them.</summary>
    (double[] Losses, float[] Gradients) Accumulate(
        float[] parameters, IReadOnlyList<StructuredBatch> batches, SimdWidth width = SimdWidth.Auto, int threads = 1, int room = 0,
        RankGroup? ranks = null);

    /// <summary>The parameters after steps of training.</summary>
    float[] Train(
        float[] parameters, StructuredBatch batch, int steps, SimdWidth width = SimdWidth.Auto, int threads = 1, RankGroup? ranks = null);

    /// <summary>What a first step of training drops and draws.</summary>
    ReferenceDraws Draws { get; }
}
