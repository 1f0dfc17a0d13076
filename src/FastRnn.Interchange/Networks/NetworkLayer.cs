namespace FastRnn.Interchange.Networks;

/// <summary>One layer of what was understood. Layers are a chain: each reads the one before.</summary>
/// <param name="Name">What the file calls it: for messages and the certificate.</param>
internal abstract record NetworkLayer(string Name);
