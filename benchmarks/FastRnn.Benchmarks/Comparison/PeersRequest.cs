namespace FastRnn.Benchmarks.Comparison;

/// <summary>What the user asked for.</summary>
/// <param name="Only">One group, or null for all.</param>
/// <param name="Quick">Short rounds, for a first look.</param>
/// <param name="Json">The file for the rows, or null.</param>
/// <param name="Threads">The numbers of threads of ours, where the number is not part of the shape.</param>
/// <param name="Text">The text to learn, or null to look for it.</param>
/// <param name="Results">Where results go, or null.</param>
internal sealed record PeersRequest(
    string? Only, bool Quick, string? Json, IReadOnlyList<int> Threads, string? Text, string? Results)
{
    /// <summary>One and two, as far as there are processors.</summary>
    public static IReadOnlyList<int> DefaultThreads { get; } = [.. ((int[])[1, 2]).Where(count => count <= Environment.ProcessorCount)];

    /// <summary>Whether the result is the table that is kept.</summary>
    public bool IsWhole => Only is null && !Quick && DefaultThreads.All(Threads.Contains);

    /// <summary>What makes the same table again; names of files are nobody else's.</summary>
    public string CommandLine =>
        "peers" + (Only is null ? "" : " --only " + Only) + (Quick ? " --quick" : "") + " --threads " + string.Join(' ', Threads);
}
