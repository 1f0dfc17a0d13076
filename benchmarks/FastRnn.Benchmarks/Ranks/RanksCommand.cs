using System.CommandLine;

using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Ranks;

/// <summary><c>ranks</c>: training steps of two processes, beside one process of two threads and beside PyTorch's two.</summary>
internal static class RanksCommand
{
    public static Command Create()
    {
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var quick = new Option<bool>("--quick") { Description = "Short rounds: a first look." };
        var only = new Option<int?>("--hidden") { Description = "These units alone, 128 or 512: a look." };
        var network = new Option<string[]>("--namespaces")
        {
            Description = "DELAY RATE, such as 0 1gbit: two ranks in network namespaces, and how much of the exchange is hidden, instead.",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("ranks", "Measures training by two processes of mpirun, against one and against PyTorch's DDP.")
        {
            results, quick, only, network,
        };
        command.SetAction(parsed => Interrupt.Guard(token => Run(
            parsed.GetValue(results), parsed.GetValue(quick), parsed.GetValue(only), parsed.GetValue(network), token)));
        return command;
    }

    private static int Run(string? root, bool isQuick, int? only, string[]? network, CancellationToken interrupt)
    {
        var hasNetwork = network is { Length: 2 };
        var cpu = CpuInfo.Read();
        var folder = ResultsFolder.Create(root, cpu, isWhole: !isQuick && only is null);
        var path = Path.Combine(folder, hasNetwork ? "ranks-network.md" : "ranks.md");
        OutputFile.Check(path);
        int[] sizes = only is { } one ? [one] : [128, 512];
        var page = hasNetwork
            ? RanksReport.Network(sizes, network![0], network[1], isQuick, cpu, interrupt)
            : RanksReport.Local(sizes, isQuick, cpu, interrupt);
        OutputFile.Write(path, page);
        Console.WriteLine($"written: {path}");
        return 0;
    }
}
