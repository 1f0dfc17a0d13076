namespace FastRnn.Benchmarks.Peers;

/// <summary>A library that FastRnn is compared with.</summary>
internal interface IPeer
{
    /// <summary>As in tables.</summary>
    string Name { get; }

    /// <summary>Null if it is not installed.</summary>
    string? Version { get; }

    /// <summary>Why it is not there, and the command that installs it.</summary>
    string InstallHint { get; }

    /// <summary>Whether the peer is installed and has this workload.</summary>
    bool Supports(Workload workload);

    /// <summary>Prepares a run.</summary>
    /// <exception cref="PeerException">The peer refused: the message is its own.</exception>
    IPeerRun Create(Workload workload, PeerInput input);
}
