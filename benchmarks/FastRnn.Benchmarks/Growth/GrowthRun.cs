using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Growth;

/// <summary>Times every point of every sweep.</summary>
internal sealed class GrowthRun(MachineProbe machine, Rounds rounds, CancellationToken interrupt)
{
    public IEnumerable<GrowthSeries> Run() =>
        from sweep in Sweep.All
        from work in sweep.Works
        select Series(sweep, work);

    private GrowthSeries Series(Sweep sweep, WorkKind work)
    {
        var workloads = sweep.Values.Select(value => sweep.Of(value) with { Kind = work }).ToList();
        var sides = new List<Side>();
        try
        {
            foreach (var workload in workloads)
            {
                interrupt.ThrowIfCancellationRequested();
                var side = new Side(ModelList.Find(workload).Create(workload, RandomInput.Create(workload)));
                sides.Add(side);
                side.Warm(rounds);
            }

            // All points take turns: what slows the machine for a while bends no line.
            for (var round = 0; round < rounds.Count; round++)
            {
                foreach (var side in sides)
                {
                    interrupt.ThrowIfCancellationRequested();
                    side.Turn();
                }
            }

            var name = workloads[0].Streams ? "stream" : work.ToString().ToLowerInvariant();
            return new GrowthSeries(sweep.Axis, sweep.Title, name, sweep.IsLinear,
                [.. sweep.Values.Select((value, i) => Point(value, workloads[i], sides[i]))]);
        }
        finally
        {
            sides.ForEach(side => side.Dispose());
        }
    }

    private GrowthPoint Point(int value, Workload workload, Side side)
    {
        var units = workload.Streams ? workload.Steps : 1;
        return new GrowthPoint(value, side.Median() / units, Flops.Of(workload) / units / machine.Peak(workload.Threads));
    }
}
