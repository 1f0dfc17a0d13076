using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>One stream: a block of samples a call, and a call a sample.</summary>
internal sealed class StreamingContests(MachineProbe machine)
{
    public const string Group = "streaming";

    private const int Block = 64;

    public IEnumerable<Contest> All(IReadOnlyList<int> threads) =>
    [
        .. from h in (int[])[8, 16, 20, 24, 32, 40, 64] from steps in (int[])[Block, 1] select Of(CellKind.Lstm, 1, h, steps, 1),
        .. from h in (int[])[8, 16, 24, 32, 40, 64] from steps in (int[])[Block, 1] select Of(CellKind.Gru, 1, h, steps, 1),
        .. from steps in (int[])[Block, 1] select Of(CellKind.Lstm, 64, 128, steps, 1),
        .. from steps in (int[])[Block, 1] select Of(CellKind.Gru, 40, 154, steps, 1),
        .. from h in (int[])[512, 1024] from t in threads from steps in (int[])[Block, 1] select Of(CellKind.Lstm, h, h, steps, t),
        .. from h in (int[])[32, 128] from steps in (int[])[Block, 1] select OwnCell(h, steps),
        .. from steps in (int[])[Block, 1] select Rounded(Precision.BFloat16, CellKind.Lstm, 64, 128, steps, 1),
        .. from steps in (int[])[Block, 1] select Rounded(Precision.BFloat16, CellKind.Gru, 40, 154, steps, 1),
        .. from h in (int[])[512, 1024] from t in threads from steps in (int[])[Block, 1]
           select Rounded(Precision.BFloat16, CellKind.Lstm, h, h, steps, t),
        .. from cell in (CellKind[])[CellKind.Lstm, CellKind.Gru] from h in (int[])[512, 1024]
           from t in threads from steps in (int[])[Block, 1]
           select Rounded(Precision.Int8, cell, h, h, steps, t),
    ];

    private Contest Of(CellKind cell, int inputSize, int hidden, int steps, int threads)
    {
        var workload = new Workload(cell, inputSize, hidden, 1, 1, steps, WorkKind.Inference, threads);
        var input = RandomInput.Create(workload);
        var rivals = Rivals.Installed(workload, input, peer => peer switch
        {
            // The goal for the geometric mean of all stands under the table.
            Rivals.RtNeural when hidden <= 64 => new Goal(1.05),
            Rivals.OnnxRuntime when hidden <= 64 && steps == 1 => new Goal(10),
            Rivals.OneDnn when hidden >= 512 && threads == 2 => new Goal(1),
            _ => null,
        }).ToList();
        if (hidden is 128 or 154)
        {
            rivals.Add(ReadFloor(workload));
        }

        return new Contest(Group, Shapes.Stream(workload), workload, () => ModelList.Find(workload).Create(workload, input), rivals);
    }

    /// <summary>Weights in fewer bits against our own in single precision, and against peers that have them too.</summary>
    private static Contest Rounded(Precision precision, CellKind cell, int inputSize, int hidden, int steps, int threads)
    {
        var workload = new Workload(cell, inputSize, hidden, 1, 1, steps, WorkKind.Inference, threads, precision);
        var (ours, peers) = precision == Precision.BFloat16 ? (1.8, (double?)null) : (2.5, 1.2);
        return RoundedContests.Of(Group, Shapes.Stream(workload), workload, new Goal(ours), peers is { } ratio ? new Goal(ratio) : null);
    }

    /// <summary>What it costs only to read the weights once a step: no machine of this bandwidth is faster, unless it keeps them in
    /// registers.</summary>
    private Rival ReadFloor(Workload workload)
    {
        var bytes = (double)workload.Gates * workload.HiddenSize * (workload.InputSize + workload.HiddenSize) * sizeof(float);
        return new Rival("L2 read floor", new Goal(1 / 1.15))
        {
            KnownNs = bytes / machine.L2,
            Note = "computed: bytes of weights / L2 bandwidth of this run"
        };
    }

    private static Contest OwnCell(int hidden, int steps)
    {
        var workload = new Workload(CellKind.Lstm, hidden == 32 ? 1 : hidden, hidden, 1, 1, steps, WorkKind.Inference, 1);
        return OwnCells.Contest(Group, Shapes.Stream(workload), workload, RandomInput.Create(workload));
    }
}
