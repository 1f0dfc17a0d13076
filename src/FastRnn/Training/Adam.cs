using FastRnn.CompilerServices;

namespace FastRnn.Training;

/// <summary>Adam (Kingma and Ba 2015) with bias correction, as PyTorch's <c>Adam</c>.</summary>
public sealed class Adam : Optimizer
{
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

    /// <summary>Decay of the mean of gradients.</summary>
    public float Beta1 { get; }

    /// <summary>Decay of the mean of squared gradients.</summary>
    public float Beta2 { get; }

    /// <summary>Added to the root of the mean of squares.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public override int StateSlots => 2;

    internal override void Update(SimdWidth width, in OptimizerCall call, nint begin, nint end) =>
        SimdDispatch.Run(width, new AdamUpdate(LearningRate, Beta1, Beta2, Epsilon, decay: 1, in call, begin, end));
}
