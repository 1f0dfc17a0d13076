namespace FastRnn.Generators.Diagnostics;

/// <summary>Where a class begins: what turns a <see cref="Place"/> into a location. It changes with every edit above the class,
/// so it goes to the diagnostics alone.</summary>
internal readonly record struct Anchor(string FilePath, int Start);
