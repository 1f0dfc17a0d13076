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
        [new Rival("FastRnn Lstm", workload.Threads, Same) { Create = () => ModelList.Find(workload).Create(workload, input) }]);
}
