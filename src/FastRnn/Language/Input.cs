namespace FastRnn.Language;

/// <summary>The dimension of what a layer reads at each step: the model's input, or the output of the layer below.</summary>
public abstract class Input : IDimension;
