using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Parsing;

/// <summary>What parsing found of one class.</summary>
/// <param name="Key">The class's fully qualified name.</param>
/// <param name="Spec">Null if there were errors, ours or those of C#.</param>
/// <param name="Problems">What is wrong.</param>
/// <param name="Anchor">Where the class begins.</param>
internal sealed record Parsed<T>(string Key, T? Spec, EquatableArray<Problem> Problems, Anchor Anchor)
    where T : class;
