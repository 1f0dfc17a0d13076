using System.ComponentModel;

using FastRnn.CompilerServices;

namespace FastRnn;

/// <summary>One head of a model: a stretch of its outputs with a loss of its own.</summary>
/// <param name="Name">What its attribute calls it; empty for a model that has no other.</param>
/// <param name="Offset">Where its numbers begin in the outputs of a step.</param>
/// <param name="Size">How many there are.</param>
/// <param name="Loss">Its loss.</param>
public sealed record HeadInfo(string Name, int Offset, int Size, LossKind Loss)
{
    /// <summary>What its loss, and so its gradient, is multiplied by in the loss of the model.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>See <see cref="ModelInfo.LabelSmoothing"/>.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>See <see cref="ModelInfo.HuberDelta"/>.</summary>
    public double HuberDelta { get; init; } = 1;

    /// <summary>See <see cref="ModelInfo.Quantiles"/>.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [];

    /// <summary>See <see cref="ModelInfo.Equations"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public LossEquations? Equations { get; init; }

    /// <summary>Where its numbers begin in the numbers of a position's target.</summary>
    public int TargetOffset { get; init; }

    /// <summary>Numbers of its target; 0 if that is a token, or a row of labels.</summary>
    public int TargetSize => Loss is LossKind.SoftmaxCrossEntropy or LossKind.Ctc ? 0
        : Size / (Equations?.Outputs ?? Math.Max(1, Quantiles.Count));

    /// <summary>Which token of a position's target it is trained with; 0 if that is the only one, or none.</summary>
    public int TargetToken { get; init; }

    /// <summary>Whether its target is a token.</summary>
    internal bool IsClassification => Loss == LossKind.SoftmaxCrossEntropy;
}
