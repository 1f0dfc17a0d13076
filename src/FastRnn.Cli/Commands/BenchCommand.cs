using System.CommandLine;
using System.Globalization;

using FastRnn.Cli.Bench;
using FastRnn.Cli.Imports;

namespace FastRnn.Cli.Commands;

/// <summary><c>bench MODEL</c>.</summary>
internal static class BenchCommand
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
            Description = Invariant($"Steps of a sequence, and of a block of a stream; {BenchRequest.DefaultSequenceLength}."),
        }.Between(1, BenchRequest.LargestSize);
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
            model, batch, length, threads, seconds, json,
        };
        command.SetAction(parsed => BenchJob.Run(
            new(
                parsed.GetRequiredValue(model),
                parsed.GetValue(batch) ?? BenchRequest.DefaultBatchSize,
                parsed.GetValue(length) ?? BenchRequest.DefaultSequenceLength,
                parsed.GetValue(threads) is { } list ? ListText.Whole("--threads", list, 0, MostThreads)
                    : Environment.ProcessorCount > 1 ? [1, 0] : [1],
                parsed.GetValue(seconds) ?? BenchRequest.DefaultSeconds,
                parsed.GetValue(json)),
            terminal));
        return command;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
