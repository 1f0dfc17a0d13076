namespace FastRnn.Interchange.Networks;

/// <summary>The softmax over the features of a step, or its logarithm. Only the last layer.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="IsLog">Whether it is the logarithm.</param>
internal sealed record SoftmaxLayer(string Name, bool IsLog) : NetworkLayer(Name);
