namespace FastRnn.Benchmarks.Peers;

/// <summary>A peer is there but did not do what was asked: what it said.</summary>
internal sealed class PeerException : Exception
{
    public PeerException(string message)
        : base(message)
    {
    }

    public PeerException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
