namespace FastRnn.Interchange.Keras.Rules;

/// <summary>A function of a vector, in place.</summary>
internal delegate void VectorFunction(Span<double> values);
