namespace FastRnn.Interchange.Networks;

/// <summary>y = f(W x + b) at each step (or once a sequence, after a <see cref="PoolLayer"/>).</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Weight">W <c>[O, I]</c>.</param>
/// <param name="Bias">Vectors <c>[O]</c> that are added; none for a layer without bias.</param>
/// <param name="Function">f; a softmax is a layer of its own.</param>
internal sealed record DenseLayer(string Name, WeightView Weight, IReadOnlyList<WeightView> Bias, FunctionUse Function)
    : NetworkLayer(Name);
