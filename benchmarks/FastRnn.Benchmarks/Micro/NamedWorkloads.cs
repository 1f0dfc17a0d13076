using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Micro;

/// <summary>Workloads as values of a parameter, which is a text.</summary>
internal sealed class NamedWorkloads(IEnumerable<Workload> all)
{
    private readonly Dictionary<string, Workload> byName = all.ToDictionary(Name);

    public IEnumerable<string> Names => byName.Keys;

    public Workload this[string name] => byName[name];

    /// <summary>Our side of the comparison for it.</summary>
    public IPeerRun Create(string name) => ModelList.Find(this[name]).Create(this[name], RandomInput.Create(this[name]));

    private static string Name(Workload workload)
    {
        var shape = workload.Streams ? Shapes.Stream(workload) : Shapes.Batch(workload);
        return shape + (workload.Precision == Precision.BFloat16 ? " bf16" : "")
            + (workload.Threads == 1 ? "" : Figures.Invariant($" {workload.Threads} threads"));
    }
}
