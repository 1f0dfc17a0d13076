using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Parsing;

/// <summary>What parsing found of one class.</summary>
/// <param name="Key">The class's fully qualified name.</param>
/// <param name="Spec">Null if there were errors, ours or those of C#.</param>
/// <param name="Problems">What is wrong.</param>
/// <param name="Anchor">Where the class begins.</param>
/// <param name="Shell">What is written beside the class if it is refused; null for nothing.</param>
internal sealed record Parsed<T>(string Key, T? Spec, EquatableArray<Problem> Problems, Anchor Anchor, ClassShell? Shell = null)
    where T : class;
