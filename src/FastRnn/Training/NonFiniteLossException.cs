using System.Globalization;

namespace FastRnn.Training;

/// <summary>The loss or the gradient of a step was NaN or infinite. Parameters, optimizer and state are as before that step.</summary>
public sealed class NonFiniteLossException : Exception
{
    /// <summary>Names the step.</summary>
    /// <param name="step">Counted from 1.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="gradientNorm">The norm of the gradient.</param>
    public NonFiniteLossException(long step, double loss, double gradientNorm)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"Step {step}: the loss is {loss}, the norm of the gradient {gradientNorm}. The parameters are those of step {step - 1}. A smaller learning rate or ClipNorm may help."))
    {
        Step = step;
        Loss = loss;
        GradientNorm = gradientNorm;
    }

    /// <summary>The step, counted from 1.</summary>
    public long Step { get; }

    /// <summary>The loss.</summary>
    public double Loss { get; }

    /// <summary>The norm of the gradient.</summary>
    public double GradientNorm { get; }
}
