namespace FastRnn.Generators.Analysis;

/// <summary>A head, checked: the members of FastRnn.HeadInfo.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Size">Its outputs.</param>
/// <param name="Weight">What its loss is multiplied by.</param>
/// <param name="Loss">With what it is trained.</param>
/// <param name="Options">What else the loss says.</param>
internal sealed record HeadGraph(string Name, int Size, double Weight, LossKind Loss, LossGraph Options)
{
    /// <summary>Numbers of its target; 0 for a token.</summary>
    public int TargetSize => Loss == LossKind.SoftmaxCrossEntropy ? 0
        : Size / Options.EquationOutputs / System.Math.Max(1, Options.Quantiles.Count);

    /// <summary>Tokens of its target.</summary>
    public int TargetTokens => Loss == LossKind.SoftmaxCrossEntropy ? 1 : 0;
}
