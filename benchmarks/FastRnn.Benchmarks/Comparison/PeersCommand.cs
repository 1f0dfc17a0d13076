using System.CommandLine;

using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Comparison;

/// <summary><c>peers</c>: ours and every installed peer, side by side.</summary>
internal static class PeersCommand
{
    public static Command Create()
    {
        var only = new Option<string?>("--only") { Description = "One group of rows." };
        only.AcceptOnlyFromAmong([.. PeersRun.Groups]);
        var quick = new Option<bool>("--quick") { Description = "Short rounds: a first look, which replaces no results of a whole run." };
        var json = new Option<string?>("--json") { Description = "Writes the rows as a JSON array to this file." };
        var threads = new Option<int[]>("--threads")
        {
            Description = "Threads of ours, one or more numbers; 1 and 2 unless said otherwise.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. PeersRequest.DefaultThreads],
        };
        threads.Validators.Add(result =>
        {
            foreach (var count in result.GetValueOrDefault<int[]>() ?? [])
            {
                if (count < 1 || count > Environment.ProcessorCount)
                {
                    result.AddError(
                        $"--threads: expected numbers from 1 to {Environment.ProcessorCount}, the processors of this machine, got {count}");
                }
            }
        });
        var text = new Option<string?>("--text")
        {
            Description = "Tiny Shakespeare, for the group 'learning'; it is found in the folder data in or beside the checkout."
        };
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command = new Command("peers", "Compares FastRnn with every installed peer: they take turns in one run.") { only, quick, json,
            threads, text, results };
        command.SetAction(parsed => Interrupt.Guard(token => new PeersRun(
            new PeersRequest(
                parsed.GetValue(only), parsed.GetValue(quick), parsed.GetValue(json), [.. parsed.GetValue(threads)!.Distinct().Order()],
                parsed.GetValue(text),
                parsed.GetValue(results)),
            token).Run()));
        return command;
    }
}
