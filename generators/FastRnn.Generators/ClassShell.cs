namespace FastRnn.Generators;

/// <summary>What can be written beside a class that is refused, so that nothing but the true message is reported: its constructor and its
/// members, with bodies that throw.</summary>
/// <param name="Key">The class's fully qualified name.</param>
/// <param name="Class">How it is declared.</param>
/// <param name="Fields">Its fields without a value, which a cell's constructor sets.</param>
/// <param name="ReadsTokens">Whether it looks like a model of tokens.</param>
internal sealed record ClassShell(string Key, PartialClass Class, EquatableArray<string> Fields, bool ReadsTokens);
