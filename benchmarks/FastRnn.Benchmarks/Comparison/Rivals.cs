using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Who takes part in a contest.</summary>
internal static class Rivals
{
    public const string OneDnn = "oneDNN";
    public const string OnnxRuntime = "ONNX Runtime";
    public const string PyTorch = "PyTorch";
    public const string RtNeural = "RTNeural";

    // Where AVX-512 is there but switched off for us, it is for oneDNN and PyTorch; the others cannot be told.
    private static readonly bool UsesMore = CpuInfo.Read() is { HasAvx512: true, InstructionSet: not "avx512" };

    /// <summary>Every installed peer that has the workload, PyTorch always with the one thread that is its best.</summary>
    /// <param name="workload">Of ours.</param>
    /// <param name="input">What ours gets, too.</param>
    /// <param name="goals">By the peer's name.</param>
    public static IEnumerable<Rival> Installed(Workload workload, PeerInput input, Func<string, Goal?> goals)
    {
        foreach (var peer in PeerList.All)
        {
            var theirs = peer.Name is PyTorch or RtNeural ? workload with { Threads = 1 } : workload;
            if (peer.Version is not null && peer.Supports(theirs))
            {
                var unequal = UsesMore && peer.Name is (OnnxRuntime or RtNeural);
                yield return new Rival(peer.Name, theirs.Threads, unequal ? null : goals(peer.Name))
                {
                    Note = unequal ? "uses AVX-512 all the same, so there is no goal" : null,
                    Version = peer.Version,
                    Create = () => peer.Create(theirs, input),
                };
            }
        }
    }

    /// <summary>Ourselves with one thread.</summary>
    public static Rival OneThread(Workload workload, PeerInput input, Goal? goal)
    {
        var theirs = workload with { Threads = 1 };
        return new Rival("FastRnn 1 thread", 1, goal) { Create = () => ModelList.Find(theirs).Create(theirs, input) };
    }
}
