using System.Globalization;

namespace FastRnn.Training;

/// <summary>The loss or the gradient of a step was NaN or infinite: then parameters, optimizer and state are as before that step. Or both
/// were finite and the optimizer's update was not: then the parameters are lost (<see cref="ParametersAreLost"/>).</summary>
public sealed class NonFiniteLossException : Exception
{
    /// <summary>Names the step.</summary>
    /// <param name="step">Counted from 1.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="gradientNorm">The norm of the gradient.</param>
    public NonFiniteLossException(long step, double loss, double gradientNorm)
        : this(
            step,
            loss,
            gradientNorm,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Step {step}: the loss is {loss}, the norm of the gradient {gradientNorm}. The parameters are those of step {step - 1}. "
                    + $"A smaller learning rate or ClipNorm may help."))
    {
    }

    /// <summary>The loss or the gradient is none, and so was a number of the batch: then nothing of training is to blame.</summary>
    /// <param name="step">Counted from 1.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="gradientNorm">The norm of the gradient.</param>
    /// <param name="notFinite">The number and its place, in words; null if all are finite.</param>
    internal static NonFiniteLossException OfBatch(long step, double loss, double gradientNorm, string? notFinite) => notFinite is null
        ? new(step, loss, gradientNorm)
        : new(step, loss, gradientNorm, string.Create(
            CultureInfo.InvariantCulture,
            $"Step {step}: the loss is {loss}, the norm of the gradient {gradientNorm}, because {notFinite}. "
                + $"The parameters are those of step {step - 1}."));

    private NonFiniteLossException(long step, double loss, double gradientNorm, string message)
        : base(message)
    {
        Step = step;
        Loss = loss;
        GradientNorm = gradientNorm;
    }

    /// <summary>The step, counted from 1.</summary>
    public long Step { get; }

    /// <summary>Whether the update of this step was already made, so that parameters or moments of the optimizer are not finite: the model
    /// must be loaded anew, or the trainer restored, before anything is done with them.</summary>
    public bool ParametersAreLost { get; private init; }

    /// <summary>The loss.</summary>
    public double Loss { get; }

    /// <summary>The norm of the gradient.</summary>
    public double GradientNorm { get; }

    /// <summary>Loss and gradient were finite, what the optimizer made of them is not.</summary>
    internal static NonFiniteLossException OfUpdate(long step, double loss, double gradientNorm) => new(
        step,
        loss,
        gradientNorm,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Step {step}: the loss is {loss}, the norm of the gradient {gradientNorm}, "
                + $"but the update made parameters or the optimizer's moments infinite or NaN. They are not those of step {step - 1}: "
                + $"load the model or restore the trainer. A smaller learning rate or ClipNorm may help."))
    {
        ParametersAreLost = true,
    };
}
