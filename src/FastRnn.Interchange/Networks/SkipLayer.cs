namespace FastRnn.Interchange.Networks;

/// <summary>Adds the first numbers of what the first layer reads to what the layer before this one puts out: y[k] += x[k]. The first layer
/// may read more numbers than that.</summary>
/// <param name="Name">What the file calls it.</param>
internal sealed record SkipLayer(string Name) : NetworkLayer(Name);
