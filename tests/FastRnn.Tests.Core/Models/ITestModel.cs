using FastRnn.Inference;
using FastRnn.Training;

namespace FastRnn.Tests.Models;

/// <summary>A model, whatever its type.</summary>
internal interface ITestModel
{
    string Name { get; }

    ModelInfo Info { get; }

    /// <summary>A recorded forward pass and a backward pass by <see cref="Bptt{TModel}"/>.</summary>
    Recording Backpropagate(Experiment experiment, SimdWidth width = SimdWidth.Auto, int threads = 1);

    /// <summary>The same, the rows of the batch one after the other; only gradients of parameters come back.</summary>
    float[] BackpropagateRowByRow(Experiment experiment, SimdWidth width = SimdWidth.Auto);

    /// <summary>A forward pass by <see cref="Session{TModel}"/>, cut into calls of the given numbers of steps; calls of 0 are
    /// <c>Step</c>.</summary>
    Recording Infer(
        Experiment experiment, IReadOnlyList<int> calls, SimdWidth width = SimdWidth.Auto, int threads = 1,
        WeightFormat weights = WeightFormat.Float32);

    /// <summary>Steps of a <see cref="Trainer{TModel}"/>, from the experiment's parameters and zero states.</summary>
    /// <returns>The parameters after the last step, and what each step found out.</returns>
    (float[] Parameters, IReadOnlyList<TrainingResult> Results) Train(
        Experiment experiment, TestTargets targets, TrainerOptions options, int steps, SimdWidth width = SimdWidth.Auto);
}
