namespace FastRnn;

/// <summary>The whole model starts as PyTorch would start it, whatever its cells say: embeddings from N(0, 1), every
/// parameter of a recurrent layer uniform in ±1/sqrt(HiddenSize), of a dense layer in ±1/sqrt(inputs).</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PyTorchInitializationAttribute : Attribute;
