namespace FastRnn.Fuzz;

/// <summary>A file that is right, from which damaged ones are made.</summary>
/// <param name="Name">The name under which the reader gets it: of some formats it says which.</param>
/// <param name="Bytes">What is in it.</param>
internal sealed record FuzzSeed(string Name, byte[] Bytes);
