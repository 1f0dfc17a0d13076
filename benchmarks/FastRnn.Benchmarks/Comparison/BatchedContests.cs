using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Inference of many sequences together.</summary>
internal static class BatchedContests
{
    private const string Group = "batched";

    public static IEnumerable<Contest> All(IReadOnlyList<int> threads) =>
        from w in (Workload[])
        [
            Batch(CellKind.Lstm, 128, 32, 100), Batch(CellKind.Lstm, 256, 64, 50), Batch(CellKind.Lstm, 512, 64, 50),
            Batch(CellKind.Gru, 256, 64, 50),
        ]
        from t in threads
        from precision in (Precision[])[Precision.Single, Precision.Int8]
        select precision == Precision.Single ? Of(w with { Threads = t }) : Int8(w with { Threads = t, Precision = precision });

    private static Contest Of(Workload workload)
    {
        var input = RandomInput.Create(workload);
        var rivals = Rivals.Installed(
            workload, input, _ => workload.Threads != 2 ? null : workload.HiddenSize < 256 ? new Goal(1.15) : new Goal(1.15, 0.9));
        Rival[] scaling = workload.Threads == 2 ? [Rivals.OneThread(workload, input, new Goal(1.85))] : [];
        return new Contest(
            Group, Shapes.Batch(workload), workload, () => ModelList.Find(workload).Create(workload, input), [.. rivals, .. scaling]);
    }

    /// <summary>Goals for two threads: the peer has instructions of 512 bits, .NET 10 has those of 256.</summary>
    private static Contest Int8(Workload workload)
    {
        var goals = workload.Threads == 2;
        return RoundedContests.Of(
            Group, Shapes.Batch(workload), workload,
            goals && workload.HiddenSize >= 256 ? new Goal(1.6) : null,
            !goals ? null : workload.HiddenSize == 128 ? new Goal(1.3) : workload.HiddenSize == 512 ? new Goal(0.8) : null);
    }

    private static Workload Batch(CellKind cell, int size, int batch, int steps) =>
        new(cell, size, size, 1, batch, steps, WorkKind.Inference, 1);
}
