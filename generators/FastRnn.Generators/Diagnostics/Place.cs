namespace FastRnn.Generators.Diagnostics;

/// <summary>A span of text counted from the first character of its class, so that an edit elsewhere in the file leaves it as it
/// is.</summary>
internal readonly record struct Place(int Start, int Length);
