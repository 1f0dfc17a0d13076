using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Forward and backward of one layer, then whole training steps.</summary>
internal static class TrainingContests
{
    private const string Group = "training";
    private const int Steps = 50;

    public static IEnumerable<Contest> All(IReadOnlyList<int> threads) =>
    [
        .. from h in (int[])[32, 128, 256, 512] from t in threads select Layer(h, t),
        .. from t in threads select OwnCell(t),
        .. from t in threads
           from model in (Workload[])
           [
               Whole(CellKind.Lstm, 64, 128, 2), Whole(CellKind.Lstm, 64, 512, 2), Whole(CellKind.Gru, 64, 256, 2),
               Whole(CellKind.Elman, 64, 256, 1),
               Whole(CellKind.Lstm, 16, 32, 1) with { Batch = 32 }, Ragged(),
           ]
           select WholeStep(model with { Threads = t }),
    ];

    private static Contest Layer(int hidden, int threads)
    {
        var workload = new Workload(
            CellKind.Lstm, hidden == 32 ? 16 : hidden, hidden, 1, hidden == 32 ? 32 : 64, Steps, WorkKind.Training, threads);
        var input = RandomInput.Create(workload);
        var rivals = Rivals.Installed(workload, input, peer => peer != Rivals.OneDnn ? null : hidden switch
        {
            <= 64 => new Goal(2),
            _ when threads != 2 => null,
            128 => new Goal(1.25),
            _ => new Goal(1.1, 0.85),
        });
        return new Contest(
            Group, Shapes.Batch(workload), workload, () =>
                ModelList.Find(workload).Create(workload, input), [.. rivals, .. Scaling(workload, input)]);
    }

    /// <summary>The user's cell against the library's.</summary>
    private static Contest OwnCell(int threads)
    {
        var workload = new Workload(CellKind.Lstm, 128, 128, 1, 64, Steps, WorkKind.Training, threads);
        var input = RandomInput.Create(workload);
        return OwnCells.Contest(Group, Shapes.Batch(workload), workload, input);
    }

    /// <summary>Compared is the first step's loss: after it both differ by what two biases instead of one do to Adam.</summary>
    private static Contest WholeStep(Workload workload)
    {
        var input = RandomInput.Create(workload);
        var rivals = Rivals.Installed(
            workload, input, peer =>
                peer == Rivals.PyTorch && workload.Threads == 2 ? new Goal(StepGoal(workload)) : null);
        return new Contest(
            Group, Shapes.WholeStep(workload), workload, () => ModelList.Find(workload).Create(workload, input),
            [.. rivals, .. Scaling(workload, input)]);
    }

    private static double StepGoal(Workload workload) => workload switch
    {
        { Lengths: not null } => 20,
        { Cell: CellKind.Lstm, HiddenSize: 128 } => 1.9,
        { HiddenSize: >= 128 } => 2.5,
        _ => 5,
    };

    /// <summary>Sequences of 1 to 400 steps, against packed sequences.</summary>
    private static Workload Ragged()
    {
        var random = new Random(5);
        var workload = Whole(CellKind.Lstm, 64, 128, 2) with { Steps = 400 };
        return workload with
        {
            Lengths = [workload.Steps, .. Enumerable.Range(1, workload.Batch - 1).Select(_ => random.Next(1, workload.Steps + 1))],
        };
    }

    private static Workload Whole(CellKind cell, int input, int hidden, int layers) =>
        new(cell, input, hidden, layers, 64, Steps, WorkKind.WholeTrainingStep, 1, Vocabulary: 65);

    private static IEnumerable<Rival> Scaling(Workload workload, PeerInput input) =>
        workload.Threads == 2 ? [Rivals.OneThread(workload, input, new Goal(workload.HiddenSize >= 128 ? 1.85 : 1))] : [];
}
