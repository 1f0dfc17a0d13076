namespace FastRnn.Benchmarks.Peers.UserLibrary;

/// <summary>An engine that is in no registry, behind the four functions of <c>peers/README.md</c>: streams through one layer.</summary>
internal sealed class UserLibraryPeer : IPeer
{
    private readonly Found<UserLibrary> library = new(() => new UserLibrary());

    public string Name => library.Value?.Name.Split(' ')[0] ?? "library of your own";

    public string? Version => library.Value?.Name;

    public string InstallHint =>
        $"{library.Reason ?? "installed"}; {UserLibrary.Variable} names a library with the functions of benchmarks/peers/README.md";

    public bool Supports(Workload workload) =>
        workload is { Streams: true, Layers: 1, Threads: 1, Precision: Precision.Single, IsOwnCell: false }
            && library.Value is { } found && found.Has(workload);

    public IPeerRun Create(Workload workload, PeerInput input) => new UserLibraryRun(library.Required, workload, input);
}
