namespace FastRnn.Training;

/// <summary>The loss of a batch.</summary>
/// <param name="Sum">The losses of all positions, each times its weight, added.</param>
/// <param name="Weight">The sum of the weights: the number of positions, if none was given; 0 if nothing of the batch counts.</param>
public readonly record struct BatchLoss(double Sum, double Weight)
{
    /// <summary>The mean; 0 if nothing of the batch counts.</summary>
    public double PerPosition => Weight > 0 ? Sum / Weight : 0;
}
