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

    /// <summary>Every installed peer that has the workload, in all of its versions, with one thread and with as many as ours.</summary>
    /// <param name="workload">Of ours.</param>
    /// <param name="input">What ours gets, too.</param>
    /// <param name="goals">By the peer's name.</param>
    public static IEnumerable<Rival> Installed(Workload workload, PeerInput input, Func<string, Goal?> goals)
    {
        foreach (var kind in PeerList.All.Where(peer => peer.Version is not null).GroupBy(peer => peer.Name))
        {
            var candidates = (
                from peer in kind
                from threads in (int[])[.. new[] { 1, workload.Threads }.Distinct()]
                let theirs = workload with { Threads = threads }
                where peer.Supports(theirs)
                select new Candidate(peer.Version, threads, () => peer.Create(theirs, input))).ToList();
            if (candidates.Count > 0)
            {
                var unequal = UsesMore && kind.Key is not (OneDnn or PyTorch);
                yield return new Rival(kind.Key, unequal ? null : goals(kind.Key))
                {
                    Note = unequal ? "uses AVX-512 all the same, so there is no goal" : null,
                    Candidates = candidates,
                };
            }
        }
    }

    /// <summary>Ourselves with one thread.</summary>
    public static Rival OneThread(Workload workload, PeerInput input, Goal? goal)
    {
        var theirs = workload with { Threads = 1 };
        return Rival.Single("FastRnn 1 thread", 1, goal, () => ModelList.Find(theirs).Create(theirs, input));
    }
}
