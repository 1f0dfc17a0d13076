namespace FastRnn.Generators;

/// <summary>Names of emitted files. The compiler compares them without regard to case, C# names with: classes that differ in case only get
/// a number.</summary>
internal sealed record HintNames(EquatableArray<string> Clashing)
{
    public static HintNames Of(IEnumerable<string> fullNames) => new(new EquatableArray<string>(
        fullNames.Distinct(StringComparer.Ordinal)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .SelectMany(group => group).OrderBy(name => name, StringComparer.Ordinal)));

    /// <summary>The name of a file of a class, such as <c>FastRnn.Cells.Lstm.cell.g.cs</c>.</summary>
    /// <param name="fullName">The class.</param>
    /// <param name="part">Which of the class's files; if it begins with the class's name already, that is not said twice.</param>
    public string Hint(string fullName, string part)
    {
        const string Ending = ".g.cs";
        var stem = part.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? part.Substring(0, part.Length - Ending.Length) : part;
        var rest = stem == fullName
            ? "" : stem.StartsWith(fullName + ".", StringComparison.Ordinal) ? stem.Substring(fullName.Length) : "." + stem;
        for (var i = 0; i < Clashing.Count; i++)
        {
            if (Clashing[i] == fullName)
            {
                rest = $"-{i + 1}{rest}";
            }
        }

        return (fullName + rest).Replace("@", "") + Ending;
    }
}
