namespace FastRnn.Language;

/// <summary>The dimension of a layer's units; its size is the first number of a <see cref="LayerAttribute{TCell}"/>.</summary>
public abstract class Hidden : IDimension;
