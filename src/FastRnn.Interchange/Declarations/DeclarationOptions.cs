namespace FastRnn.Interchange.Declarations;

/// <summary>Names of what is written.</summary>
/// <param name="Name">The model's class.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="WeightsFile">The file of weights that the assembly takes in, or null: then the program loads it.</param>
internal sealed record DeclarationOptions(string Name, string Namespace, string? WeightsFile = null);
