using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Ranks;

/// <summary>The whole training steps that several processes share.</summary>
internal static class RankShape
{
    /// <summary>LSTM 64 -> hidden x 2 between an embedding and a dense layer, B 64, T 50.</summary>
    public static Workload Of(int hidden, int threads) =>
        new(CellKind.Lstm, 64, hidden, 2, 64, 50, WorkKind.WholeTrainingStep, threads, Vocabulary: 65);
}
