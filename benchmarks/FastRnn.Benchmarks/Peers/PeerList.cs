namespace FastRnn.Benchmarks.Peers;

/// <summary>Every peer, installed or not.</summary>
internal static class PeerList
{
    public static IReadOnlyList<IPeer> All { get; } = [];
}
