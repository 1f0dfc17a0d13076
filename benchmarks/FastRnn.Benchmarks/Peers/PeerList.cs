using FastRnn.Benchmarks.Peers.OneDnn;
using FastRnn.Benchmarks.Peers.OnnxRuntime;
using FastRnn.Benchmarks.Peers.PyTorch;
using FastRnn.Benchmarks.Peers.TorchSharp;
using FastRnn.Benchmarks.Peers.UserLibrary;
using FastRnn.Benchmarks.Peers.Workers;

namespace FastRnn.Benchmarks.Peers;

/// <summary>Every peer, installed or not. Those of one name are of one kind: a row is held against the fastest of them.</summary>
internal static class PeerList
{
    public static IReadOnlyList<IPeer> All { get; } =
    [
        new OneDnnPeer(PeerHome.Host), new OneDnnPeer(PeerHome.Sid),
        new OrtPeer(),
        new PyTorchPeer(PeerHome.Host, keepsPages: false), new PyTorchPeer(PeerHome.Sid, keepsPages: false),
        new PyTorchPeer(PeerHome.Sid, keepsPages: true),
        new TorchSharpPeer(), new UserLibraryPeer(),
    ];
}
