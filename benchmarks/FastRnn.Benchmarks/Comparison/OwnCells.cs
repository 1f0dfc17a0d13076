using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>A user's own cell of the same equations against the library's.</summary>
internal static class OwnCells
{
    // Within 3 %.
    private static readonly Goal Same = new(0.97);

    public static Contest Contest(string group, string shape, Workload workload, PeerInput input) => new(
        group, shape.Replace("LSTM", nameof(MyLstm), StringComparison.Ordinal), workload, () =>
            ModelList.Find(workload, nameof(MyLstm)).Create(workload, input),
        [
            Rival.Single("FastRnn Lstm", workload.Threads, Same, () => ModelList.Find(workload).Create(workload, input)),
            .. Eager(workload, input),
        ]);

    /// <summary>The same equations, step by step, in PyTorch: what a researcher would write there.</summary>
    private static IEnumerable<Rival> Eager(Workload workload, PeerInput input) => Rivals.Installed(
        workload with { IsOwnCell = true }, input, _ => null).Select(rival => rival with { Name = rival.Name + " eager" });
}
