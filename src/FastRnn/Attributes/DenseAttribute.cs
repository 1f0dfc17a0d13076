namespace FastRnn;

/// <summary>A read-out applied at each step: <c>y = activation(W x + b)</c> with <c>W</c> of shape <c>[Size, I]</c>.</summary>
/// <param name="size">Number of outputs, 1 to 65,536.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int size) : Attribute
{
    /// <summary>Number of outputs.</summary>
    public int Size { get; } = size;

    /// <summary>The activation of the outputs; linear unless said otherwise. A loss on logits
    /// (<see cref="SoftmaxCrossEntropyAttribute"/>, <see cref="SigmoidBinaryCrossEntropyAttribute"/>) wants it linear.</summary>
    public DenseActivation Activation { get; init; } = DenseActivation.Linear;

    /// <summary>Whether the vector <c>b</c> is added and learned.</summary>
    public bool Bias { get; init; } = true;
}
