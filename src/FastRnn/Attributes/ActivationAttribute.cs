namespace FastRnn;

/// <summary>A function of each number by itself, between layers or behind them: what <see cref="DenseAttribute.Activation"/> is to a dense
/// layer, after any layer. It learns nothing.</summary>
/// <param name="activation">The function. <see cref="DenseActivation.Softmax"/> and <see cref="DenseActivation.LogSoftmax"/>, which look at
/// all numbers of a step, only at the very end of a model: inference applies them to its outputs.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ActivationAttribute(DenseActivation activation) : Attribute
{
    /// <summary>The function.</summary>
    public DenseActivation Activation { get; } = activation;
}
