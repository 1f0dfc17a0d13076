namespace FastRnn.Generators.Weights;

/// <summary>Which of a project's additional files an attribute means: those whose path ends in what it says, by whole names.</summary>
internal static class WeightPaths
{
    public static bool Matches(string path, string said)
    {
        var (whole, end) = (Plain(path), Plain(said));
        return end.Length > 0 && (whole == end || whole.EndsWith("/" + end, StringComparison.Ordinal));
    }

    public static string Name(string path) => Plain(path).Split('/').Last();

    private static string Plain(string path)
    {
        var plain = path.Replace('\\', '/');
        return plain.StartsWith("./", StringComparison.Ordinal) ? plain.Substring(2) : plain;
    }
}
