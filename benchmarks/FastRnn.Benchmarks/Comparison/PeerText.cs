using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Who is installed, and how to install who is not.</summary>
internal static class PeerText
{
    public static IEnumerable<string> Lines()
    {
        foreach (var peer in PeerList.All)
        {
            yield return peer.Version is null ? $"peer missing: {peer.Name}: {peer.InstallHint}" : $"peer: {peer.Name} {peer.Version}";
        }
    }
}
