using FastRnn.Benchmarks.Peers.OneDnn;
using FastRnn.Benchmarks.Peers.OnnxRuntime;
using FastRnn.Benchmarks.Peers.PyTorch;
using FastRnn.Benchmarks.Peers.RtNeural;

namespace FastRnn.Benchmarks.Peers;

/// <summary>Every peer, installed or not.</summary>
internal static class PeerList
{
    public static IReadOnlyList<IPeer> All { get; } = [new OneDnnPeer(), new OrtPeer(), new PyTorchPeer(), new RtNeuralPeer()];
}
