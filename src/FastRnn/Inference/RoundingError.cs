namespace FastRnn.Inference;

/// <summary>What rounding the weights of a layer does to the outputs of a model.</summary>
/// <param name="Layer">The layer's index among those of <see cref="ModelInfo.Layers"/>; -1 for all of them together.</param>
/// <param name="RootMeanSquare">The root of the mean square of all differences from the outputs in single precision, over that of these
/// outputs; 0 if nothing differs.</param>
/// <param name="Largest">The largest difference, in the unit of the outputs.</param>
public readonly record struct RoundingError(int Layer, double RootMeanSquare, double Largest);
