namespace FastRnn.Benchmarks.Peers;

/// <summary>Where <c>benchmarks/peers/install.sh</c> puts what it builds and downloads: outside the repository.</summary>
internal static class PeerFolder
{
    /// <summary>What a message says a user should do.</summary>
    public const string Install = "run benchmarks/peers/install.sh";

    private static string Root =>
        Variable("FASTRNN_PEERS")
        ?? Path.Combine(
            Variable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "fastrnn-peers");

    /// <summary>A path below the folder.</summary>
    public static string Of(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
