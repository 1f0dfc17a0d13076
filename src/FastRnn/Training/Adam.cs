using FastRnn.CompilerServices;

namespace FastRnn.Training;

/// <summary>Adam (Kingma and Ba 2015) with bias correction, as PyTorch's <c>Adam</c>.</summary>
public sealed class Adam : Optimizer
{
    private float beta1, beta2, epsilon;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">At least 0.</param>
    /// <param name="beta1">Decay of the mean of gradients, from 0 to below 1.</param>
    /// <param name="beta2">Decay of the mean of their squares, from 0 to below 1.</param>
    /// <param name="epsilon">Added to the root, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Adam(float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f)
        : base(learningRate)
    {
        Beta1 = CheckFraction(beta1, nameof(beta1));
        Beta2 = CheckFraction(beta2, nameof(beta2));
        Epsilon = CheckPositive(epsilon, nameof(epsilon));
    }

    /// <summary>Decay of the mean of gradients, from 0 to below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public float Beta1
    {
        get => this.beta1;
        set => this.beta1 = CheckFraction(value, nameof(Beta1));
    }

    /// <summary>Decay of the mean of squared gradients, from 0 to below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public float Beta2
    {
        get => this.beta2;
        set => this.beta2 = CheckFraction(value, nameof(Beta2));
    }

    /// <summary>Added to the root of the mean of squares, above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public float Epsilon
    {
        get => this.epsilon;
        set => this.epsilon = CheckPositive(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override int StateSlots => 2;

    internal override bool HasSquares => true;

    internal override (string Name, float Value)[] Numbers =>
        [("beta1", Beta1), ("beta2", Beta2), ("epsilon", Epsilon)];

    internal override void SetNumbers(ReadOnlySpan<float> numbers) =>
        (Beta1, Beta2, Epsilon) = (numbers[0], numbers[1], numbers[2]);

    internal override void Update(SimdWidth width, in OptimizerCall call, nint begin, nint end) =>
        SimdDispatch.Run(width, new AdamUpdate(call.LearningRate ?? LearningRate, Beta1, Beta2, Epsilon, decay: 1, in call, begin, end));
}
