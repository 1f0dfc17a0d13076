namespace FastRnn.Samples.Common;

/// <summary>How long and how fast a sample trains a model, and what it tells meanwhile.</summary>
/// <param name="Full">Steps of the full version.</param>
/// <param name="Quick">Steps of the short version.</param>
/// <param name="Peak">The learning rate of the first step; it stays high for long and then falls along a cosine (Loshchilov and Hutter
/// 2017, without restarts).</param>
/// <param name="Last">That of the end.</param>
/// <param name="What">What is told: <c>loss</c>.</param>
internal sealed record Lesson(int Full, int Quick, double Peak, double Last, string What)
{
    /// <summary>What is trained, where a sample trains several models.</summary>
    public string Phase { get; init; } = "";

    /// <summary>This lesson's share of <c>--seconds</c>, where a sample trains several models.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The number that is told, from the loss of a position; asked for after each step.</summary>
    public Func<double, double> Tell { get; init; } = loss => loss;

    /// <summary>Whether that number is good enough to stop.</summary>
    public Predicate<double> IsEnough { get; init; } = _ => false;
}
