namespace FastRnn.Interchange.Networks;

/// <summary>A function of each number.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Function">Which.</param>
internal sealed record FunctionLayer(string Name, FunctionUse Function) : NetworkLayer(Name);
