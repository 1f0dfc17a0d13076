namespace FastRnn.Training;

/// <summary>What a step of training found out.</summary>
/// <param name="Loss">The loss as the model declares it: the sum over the positions of the step or their mean.</param>
/// <param name="LossPerPosition">The mean over the positions, whatever the model declares.</param>
/// <param name="GradientNorm">The Euclidean norm of the gradient of all parameters, before clipping.</param>
public readonly record struct TrainingResult(double Loss, double LossPerPosition, double GradientNorm)
{
    /// <summary>The sum of the weights of the positions of the step: their number, if no weights were given. 0 says that nothing of the
    /// batch counted: loss and gradient were 0, and the optimizer made a step with that gradient.</summary>
    public double Weight { get; init; }

    /// <summary>Of a model with several heads (<see cref="OutputAttribute"/>) the mean loss of a position of each, in declared order, not
    /// multiplied by its weight; a view that holds until the trainer's next step. Empty for other models, and for a step over several
    /// batches.</summary>
    public ReadOnlyMemory<double> HeadLosses { get; init; }
}
