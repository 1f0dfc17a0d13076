namespace FastRnn.Training;

/// <summary>Turns gradients into steps of the parameters, each element for itself: the result does not depend on vector width or
/// threads. One of one's own is a <see cref="CustomOptimizer"/>.</summary>
public abstract class Optimizer
{
    private float learningRate;

    private protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate, at least 0; a schedule may set it before every step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate
    {
        get => this.learningRate;
        set => this.learningRate = CheckNotNegative(value, nameof(LearningRate));
    }

    /// <summary>How many numbers it remembers for each parameter.</summary>
    public abstract int StateSlots { get; }

    /// <summary>What the remembered numbers mean: a checkpoint of another kind is refused.</summary>
    internal virtual string Kind => GetType().Name;

    /// <summary>What it was made with besides the learning rate, under the names of a checkpoint.</summary>
    internal abstract (string Name, float Value)[] Numbers { get; }

    /// <summary>The weight decay; null if it has none.</summary>
    internal virtual float? Decay => null;

    /// <summary>Whether the second remembered number is a mean of squares.</summary>
    internal virtual bool HasSquares => false;

    /// <summary>Whether an update may begin and end anywhere, and not only where whole vectors do.</summary>
    internal virtual bool TakesAnyRange => false;

    /// <summary>Takes other <see cref="Numbers"/>, in their order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range; some may have been taken.</exception>
    internal abstract void SetNumbers(ReadOnlySpan<float> numbers);

    /// <summary>Updates the elements from <paramref name="begin"/> to <paramref name="end"/>, the part of one worker.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="call">Buffers and the number of the step.</param>
    /// <param name="begin">The first element, a multiple of 16.</param>
    /// <param name="end">One past the last element, a multiple of 16.</param>
    internal abstract void Update(SimdWidth width, in OptimizerCall call, nint begin, nint end);

    private protected static float CheckNotNegative(float value, string name) =>
        float.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number, at least 0.");

    private protected static float CheckPositive(float value, string name) =>
        float.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0.");

    private protected static float CheckFraction(float value, string name) =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a number from 0 up to, but not including, 1.");
}
