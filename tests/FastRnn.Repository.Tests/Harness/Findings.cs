namespace FastRnn.Repository.Tests.Harness;

/// <summary>Expects a search to find nothing, and says all that it found otherwise, a line each.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> found, string? what = null)
    {
        var lines = found.Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{what ?? "found"}:\n{string.Join('\n', lines)}");
    }
}
