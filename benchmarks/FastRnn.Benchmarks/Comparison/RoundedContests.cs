using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Weights in fewer bits.</summary>
internal static class RoundedContests
{
    /// <summary>Against our own weights in single precision, and against peers that have such weights too.</summary>
    /// <param name="group">Of the row.</param>
    /// <param name="shape">In the table.</param>
    /// <param name="workload">Its precision is not single.</param>
    /// <param name="own">What is asked against ourselves.</param>
    /// <param name="peers">What is asked against others.</param>
    public static Contest Of(string group, string shape, Workload workload, Goal? own, Goal? peers)
    {
        var input = RandomInput.Create(workload);
        var exact = workload with { Precision = Precision.Single };
        var ours = Rival.Single("FastRnn fp32", workload.Threads, own, () => ModelList.Find(exact).Create(exact, input)) with
        {
            Tolerance = Tolerance(workload.Precision),
        };
        var others = Rivals.Installed(workload, input, _ => peers)
            .Select(rival => rival with { Tolerance = Tolerance(workload.Precision) });
        return new Contest(group, shape, workload, () => ModelList.Find(workload).Create(workload, input), [ours, .. others]);
    }

    /// <summary>Each of the sides rounds in its own way: weights to 8 significant bits, or to 255 steps with a scale.</summary>
    private static double Tolerance(Precision precision) => precision == Precision.BFloat16 ? 2e-2 : 5e-2;
}
