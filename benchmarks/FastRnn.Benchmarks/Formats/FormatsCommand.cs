using System.CommandLine;

using FastRnn.Benchmarks.Learning;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Formats;

/// <summary><c>formats</c>: what weights as bfloat16 and int8 cost on the tasks that are published. What they save is part of
/// <c>peers</c>.</summary>
internal static class FormatsCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Short trainings and few data: a first look, which replaces no results." };
        var text = new Option<string?>("--text")
        {
            Description = "Tiny Shakespeare; else it is looked for in the folder data, in or beside the checkout.",
        };
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command = new Command("formats", "Measures what tasks lose with weights of each format.") { quick, text, results };
        command.SetAction(parsed =>
            Interrupt.Guard(token => Run(parsed.GetValue(quick), parsed.GetValue(text), parsed.GetValue(results), token)));
        return command;
    }

    private static int Run(bool quick, string? text, string? root, CancellationToken interrupt)
    {
        var cpu = CpuInfo.Read();
        text ??= LearningText.Find(ResultsFolder.Checkout);
        var path = Path.Combine(ResultsFolder.Create(root, cpu, isWhole: !quick), quick ? "formats-quick.md" : "formats.md");
        OutputFile.Check(path);
        List<Func<PriceTask>> tasks =
            [() => new KeywordPrice(quick), () => new MovementPrice(quick, interrupt), () => new PedalPrice(quick)];
        if (text is null)
        {
            Console.WriteLine("Tiny Shakespeare is not there (--text FILE): without it.");
        }
        else
        {
            tasks.Insert(0, () => new TextPrice(text, quick));
        }

        var rows = new List<PriceRow>();
        foreach (var create in tasks)
        {
            interrupt.ThrowIfCancellationRequested();
            using var task = create();
            Console.WriteLine(task.Name);
            rows.Add(task.Run(interrupt));
            FormatsReport.Lines(rows[^1]).ForEach(Console.WriteLine);
        }

        OutputFile.Write(path, FormatsReport.Markdown(cpu, rows, quick));
        Console.WriteLine($"written: {path}");
        return 0;
    }
}
