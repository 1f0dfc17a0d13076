using System.CommandLine;

using FastRnn.Cli.Bench;
using FastRnn.Cli.Imports;
using FastRnn.Cli.Plan;

using static System.FormattableString;

namespace FastRnn.Cli.Commands;

/// <summary><c>plan MODEL</c>.</summary>
internal static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        var measured = new MeasuredModel("Steps of a sequence");
        var threads = new Option<int?>("--threads") { Description = "Threads of a rank; 0, all processors." }
            .Between(0, MeasuredModel.MostThreads);
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
            measured.Model, measured.Batch, measured.Length, threads, ranks, latency, bandwidth, longest,
        };
        command.SetAction(parsed => PlanJob.Run(
            new(
                parsed.GetRequiredValue(measured.Model),
                parsed.GetValue(measured.Batch) ?? BenchRequest.DefaultBatchSize,
                parsed.GetValue(measured.Length) ?? BenchRequest.DefaultSequenceLength,
                parsed.GetValue(threads) ?? 0,
                parsed.GetValue(ranks) ?? PlanRequest.DefaultRanks,
                parsed.GetValue(latency),
                parsed.GetValue(bandwidth),
                Math.Max(1, parsed.GetValue(longest) ?? 1)),
            terminal));
        return command;
    }
}
