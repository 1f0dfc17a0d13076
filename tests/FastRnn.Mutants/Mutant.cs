namespace FastRnn.Mutants;

/// <summary>One change of one place.</summary>
/// <param name="Id">Its number, from 1; what <c>MutantSwitch.Active</c> is set to.</param>
/// <param name="Area">What the code is for.</param>
/// <param name="Kind">What was done to it.</param>
/// <param name="File">Its file, or the name of the emitted one.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Method">The method or property.</param>
/// <param name="Original">The text before.</param>
/// <param name="Changed">The text after.</param>
internal sealed record Mutant(int Id, string Area, string Kind, string File, int Line, string Method, string Original, string Changed)
{
    /// <summary>What names it without its number: the same place and change in another selection.</summary>
    public string Key => $"{File} {Method}: {Original} -> {Changed}";
}
