using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

using FastRnn.Benchmarks.Comparison;

namespace FastRnn.Benchmarks.Micro;

/// <summary>GFLOP/s, from the mean: to be compared with the peak that the command prints first.</summary>
internal sealed class FlopsColumn : IColumn
{
    public string Id => ColumnName;

    public string ColumnName => "GFLOP/s";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Floating-point operations of matrices (a multiply-add is two), 10^9 a second";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        var type = benchmarkCase.Descriptor.Type;
        if (summary[benchmarkCase]?.ResultStatistics is not { } times || Activator.CreateInstance(type) is not ICountsFlops counted)
        {
            return "-";
        }

        foreach (var parameter in benchmarkCase.Parameters.Items)
        {
            type.GetProperty(parameter.Name)!.SetValue(counted, parameter.Value);
        }

        return Figures.Invariant($"{counted.Flops(benchmarkCase.Descriptor.WorkloadMethod.Name) / times.Mean:0.0}");
    }
}
