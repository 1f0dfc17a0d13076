using FastRnn.CompilerServices;

namespace FastRnn.Training;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019), as PyTorch's <c>AdamW</c>: parameters are multiplied by
/// <c>1 - learningRate * weightDecay</c> before Adam's step.</summary>
public sealed class AdamW : Optimizer
{
    private float beta1, beta2, epsilon, weightDecay;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">At least 0.</param>
    /// <param name="beta1">Decay of the mean of gradients, from 0 to below 1.</param>
    /// <param name="beta2">Decay of the mean of their squares, from 0 to below 1.</param>
    /// <param name="epsilon">Added to the root, above 0.</param>
    /// <param name="weightDecay">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public AdamW(float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0.01f)
        : base(learningRate)
    {
        Beta1 = CheckFraction(beta1, nameof(beta1));
        Beta2 = CheckFraction(beta2, nameof(beta2));
        Epsilon = CheckPositive(epsilon, nameof(epsilon));
        WeightDecay = CheckNotNegative(weightDecay, nameof(weightDecay));
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

    /// <summary>How fast parameters shrink, in units of the learning rate; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public float WeightDecay
    {
        get => this.weightDecay;
        set => this.weightDecay = CheckNotNegative(value, nameof(WeightDecay));
    }

    /// <inheritdoc/>
    public override int StateSlots => 2;

    internal override float? Decay => WeightDecay;

    internal override bool HasSquares => true;

    internal override (string Name, float Value)[] Numbers =>
        [("beta1", Beta1), ("beta2", Beta2), ("epsilon", Epsilon), ("weight_decay", WeightDecay)];

    internal override void SetNumbers(ReadOnlySpan<float> numbers) =>
        (Beta1, Beta2, Epsilon, WeightDecay) = (numbers[0], numbers[1], numbers[2], numbers[3]);

    internal override void Update(SimdWidth width, in OptimizerCall call, nint begin, nint end)
    {
        var rate = call.LearningRate ?? LearningRate;
        var decay = (float)(1.0 - (double)rate * (call.WeightDecay ?? WeightDecay));
        SimdDispatch.Run(width, new AdamUpdate(rate, Beta1, Beta2, Epsilon, decay, in call, begin, end));
    }
}
