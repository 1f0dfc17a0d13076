using System.CommandLine;
using System.Globalization;

using FastRnn.Cli.Bench;
using FastRnn.Cli.Imports;
using FastRnn.Cli.Plan;

namespace FastRnn.Cli.Commands;

/// <summary><c>plan MODEL</c>.</summary>
internal static class PlanCommand
{
    private const int MostThreads = 256;

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL")
        {
            Description = "The folder of a trained or imported model, or a C# file with a [Model] (model.cs, model.cs:Name).",
        }.NoOption();
        var batch = new Option<int?>("--batch-size") { Description = Invariant($"Sequences of a batch; {BenchRequest.DefaultBatchSize}.") }
            .Between(1, BenchRequest.LargestSize);
        var length = new Option<int?>("--sequence-length")
        {
            Description = Invariant($"Steps of a sequence; {BenchRequest.DefaultSequenceLength}."),
        }.Between(1, BenchRequest.LargestSize);
        var threads = new Option<int?>("--threads") { Description = "Threads of a rank; 0, all processors." }.Between(0, MostThreads);
        var ranks = new Option<int?>("--ranks") { Description = Invariant($"The most ranks; {PlanRequest.DefaultRanks}.") }
            .Between(1, PlanRequest.MostRanks);
        var latency = new Option<double?>("--latency")
        {
            Description = Invariant($"Of the network, in microseconds; what mpirun's ranks measure, or {PlanRequest.DefaultLatency}."),
        }.Positive();
        var bandwidth = new Option<double?>("--bandwidth")
        {
            Description = Invariant($"Of the network, in Gbit/s; what mpirun's ranks measure, or {PlanRequest.DefaultBandwidth}."),
        }.Positive();
        var longest = new Option<double?>("--longest")
        {
            Description = "The longest sequence of a batch, as a multiple of the mean length; 1, all are equally long.",
        }.Positive();
        var command = new Command(
            "plan", $"Says how many processes of mpirun a training is worth: a step is measured. {ImportedFolder.Warning}")
        {
            model, batch, length, threads, ranks, latency, bandwidth, longest,
        };
        command.SetAction(parsed => PlanJob.Run(
            new(
                parsed.GetRequiredValue(model),
                parsed.GetValue(batch) ?? BenchRequest.DefaultBatchSize,
                parsed.GetValue(length) ?? BenchRequest.DefaultSequenceLength,
                parsed.GetValue(threads) ?? 0,
                parsed.GetValue(ranks) ?? PlanRequest.DefaultRanks,
                parsed.GetValue(latency),
                parsed.GetValue(bandwidth),
                Math.Max(1, parsed.GetValue(longest) ?? 1)),
            terminal));
        return command;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
