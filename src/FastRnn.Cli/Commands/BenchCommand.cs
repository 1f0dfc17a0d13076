using System.CommandLine;

using FastRnn.Cli.Bench;
using FastRnn.Cli.Imports;

using static System.FormattableString;

namespace FastRnn.Cli.Commands;

/// <summary><c>bench MODEL</c>.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal)
    {
        var measured = new MeasuredModel("Steps of a sequence, and of a block of a stream");
        var threads = new Option<string?>("--threads")
        {
            Description = "Numbers of threads to measure with, commas between them; 0 is all processors; 1,0 unless said otherwise.",
        };
        var seconds = new Option<double?>("--seconds")
        {
            Description = Invariant($"For each number of the table; {BenchRequest.DefaultSeconds}."),
        }.Positive();
        var json = new Option<bool>("--json") { Description = "The last line of output is a JSON object." };
        var command = new Command(
            "bench", $"Measures a model on this machine: a stream, a batch, a training step. {ImportedFolder.Warning}")
        {
            measured.Model, measured.Batch, measured.Length, threads, seconds, json,
        };
        command.SetAction(parsed => BenchJob.Run(
            new(
                parsed.GetRequiredValue(measured.Model),
                parsed.GetValue(measured.Batch) ?? BenchRequest.DefaultBatchSize,
                parsed.GetValue(measured.Length) ?? BenchRequest.DefaultSequenceLength,
                parsed.GetValue(threads) is { } list ? ListText.Whole("--threads", list, 0, MeasuredModel.MostThreads)
                    : Environment.ProcessorCount > 1 ? [1, 0] : [1],
                parsed.GetValue(seconds) ?? BenchRequest.DefaultSeconds,
                parsed.GetValue(json)),
            terminal));
        return command;
    }
}
