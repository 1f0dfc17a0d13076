using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Starts;

/// <summary><c>starts</c>: from the start of a process to its first prediction, and its peak memory, beside other engines.</summary>
internal static class StartsCommand
{
    private const int Rounds = 11;

    public static Command Create()
    {
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command = new Command(
            "starts",
            "Measures load and start: process start to first prediction, peak memory, against ONNX Runtime and TorchSharp; memory of "
                + "training against PyTorch.")
        {
            results,
        };
        command.SetAction(parsed => Interrupt.Guard(token => Run(parsed.GetValue(results), token)));
        return command;
    }

    private static int Run(string? root, CancellationToken interrupt)
    {
        var cpu = CpuInfo.Read();
        var path = Path.Combine(ResultsFolder.Create(root, cpu, isWhole: true), "starts.md");
        OutputFile.Check(path);
        var page = new StringBuilder("# Load and start\n\n").Append(
            CultureInfo.InvariantCulture,
            $"Written by `starts` on {DateTime.UtcNow:yyyy-MM-dd}: {cpu.Name} ({cpu.Folder}), {RuntimeInformation.FrameworkDescription}. ")
            .Append("A process loads the model from its file and does one step of one stream; medians of ").Append(Rounds)
            .Append(" starts in turns. All have one thread and are .NET programs under the JIT; TorchSharp's starts in the folder of a ")
            .Append("newer system, which is a few milliseconds of its time. A native program of ours stands in `embedded.md`.\n\n");
        Line("| model | engine | start to first prediction | peak memory | first number |");
        Line("|---|---|---|---|---|");
        var agree = true;
        foreach (var hidden in (int[])[128, 512])
        {
            var rows = new StartsRun(hidden, Rounds).Rows(interrupt);
            foreach (var row in rows)
            {
                Line(row.Line());
                agree &= Math.Abs(row.First - rows[0].First) < 1e-5;
            }
        }

        Line("\n## Loading\n");
        Line(LoadTimes.Paragraph(interrupt));
        Line("\n## Training\n");
        Line("The most memory that a process of five steps on two threads ever had resident.\n");
        Line("| model | engine | peak memory |");
        Line("|---|---|---|");
        foreach (var line in TrainingMemory.Lines())
        {
            interrupt.ThrowIfCancellationRequested();
            Line(line);
        }

        OutputFile.Write(path, page.ToString());
        Console.WriteLine($"written: {path}");
        return agree ? 0 : 1;

        void Line(string line)
        {
            Console.WriteLine(line);
            page.Append(line).Append('\n');
        }
    }
}
