using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;

using Perfolizer.Horology;

namespace FastRnn.Benchmarks.Micro;

/// <summary>How the benches run and what they show.</summary>
internal static class MicroConfig
{
    public static IConfig Create(bool quick, string artifacts)
    {
        // Even a quick look has to outlast the compiler, which waits twice for a quiet moment before its last word.
        var job = Job.Default.WithIterationTime(TimeInterval.FromMilliseconds(quick ? 50 : 200)).WithMaxIterationCount(30);
        return DefaultConfig.Instance
            .AddJob(quick ? job.WithWarmupCount(10).WithMinIterationCount(1).WithIterationCount(3) : job)
            .AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)))
            .AddColumn(new FlopsColumn())
            .HideColumns(Column.Job, Column.IterationTime, Column.MaxIterationCount, Column.MinIterationCount, Column.IterationCount,
                Column.WarmupCount)
            .HideColumns(Column.InvocationCount, Column.UnrollFactor)
            .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(50))
            .WithBuildTimeout(TimeSpan.FromMinutes(10))
            .WithArtifactsPath(artifacts);
    }
}
