using System.CommandLine;

using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Micro;

/// <summary><c>micro</c>: the parts of our own work, by BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    private static readonly Type[] Benches =
    [
        typeof(TileBenchmarks), typeof(KernelBenchmarks), typeof(ActivationBenchmarks), typeof(StreamBenchmarks), typeof(PassBenchmarks),
        typeof(ProductBenchmarks), typeof(UpdateBenchmarks), typeof(TrainingStepBenchmarks),
    ];

    public static Command Create()
    {
        var filter = new Option<string>("--filter")
        {
            Description = "Which benches: a glob over Namespace.Class.Method and parameters, such as '*Stream*'.",
            DefaultValueFactory = _ => "*"
        };
        var quick = new Option<bool>("--quick") { Description = "Three short iterations each." };
        var list = new Option<bool>("--list") { Description = "Lists the benches and runs none." };
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command =
            new Command("micro",
                "Runs the benches of our own work: microkernels, activations, streams, passes, products, update, training step.") { filter,
                quick, list, results };
        command.SetAction(parsed => Run(parsed.GetValue(filter)!, parsed.GetValue(quick), parsed.GetValue(list), parsed.GetValue(results)));
        return command;
    }

    private static int Run(string filter, bool quick, bool list, string? root)
    {
        var artifacts = Path.GetFullPath(Path.Combine(ResultsFolder.Create(root, CpuInfo.Read(), isWhole: false), "micro"));

        // It looks for the project in the solution above the current folder.
        Environment.CurrentDirectory = ResultsFolder.Checkout;
        var switcher = BenchmarkSwitcher.FromTypes(Benches);
        var config = MicroConfig.Create(quick, artifacts);
        if (list)
        {
            switcher.Run(["--list", "flat", "--filter", filter], config);
            return 0;
        }

        foreach (var line in ProbeText.Lines(Probe.Run(quick)))
        {
            Console.WriteLine(line);
        }

        var summaries = switcher.Run(["--filter", filter], config).ToList();
        var reports = summaries.SelectMany(summary => summary.Reports).ToList();
        var problems = reports.Select(Problem).OfType<string>().ToList();
        problems.ForEach(Console.Error.WriteLine);
        return reports.Count > 0 && problems.Count == 0 && !summaries.Exists(summary => summary.HasCriticalValidationErrors) ? 0 : 1;
    }

    private static string? Problem(BenchmarkReport report)
    {
        var allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
        return !report.Success ? $"{report.BenchmarkCase.DisplayInfo}: failed"
            : allocated > 0 ? Figures.Invariant($"{report.BenchmarkCase.DisplayInfo}: allocates {allocated} bytes, expected 0")
            : null;
    }
}
