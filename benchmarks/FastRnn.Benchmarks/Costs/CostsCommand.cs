using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Costs;

/// <summary><c>costs</c>: what it costs that kernels are generated and compiled.</summary>
internal static class CostsCommand
{
    private const double FirstStepGoal = 180;
    private const double JitGoal = 60;
    private const int Starts = 5;

    public static Command Create()
    {
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command = new Command("costs",
            "Measures generator, compiler and code size of every model, and the first step after the start of a process.") { results };
        command.SetAction(parsed => Interrupt.Guard(token => Run(parsed.GetValue(results), token)));
        return command;
    }

    private static int Run(string? root, CancellationToken interrupt)
    {
        var cpu = CpuInfo.Read();
        var path = Path.Combine(ResultsFolder.Create(root, cpu, isWhole: true), "costs.md");
        OutputFile.Check(path);

        var defaultModel = ModelList.All.Single(model => model.Type == typeof(DefaultModel));
        var first = Milliseconds(defaultModel, Starts, interrupt);
        var closing = string.Create(
            CultureInfo.InvariantCulture,
            $"First step of the command line's default model (LSTM 64->128 x 2, B64 T32, a whole training step), "
                + $"from before the start of the process, by project reference: {first.Wall:0} ms (goal <= {FirstStepGoal:0}: "
                + $"{Figures.YesNo(first.Wall <= FirstStepGoal)}), of which {first.Jit:0} ms of compilation on all threads "
                + $"(goal <= {JitGoal:0}: {Figures.YesNo(first.Jit <= JitGoal)})");
        Console.WriteLine(closing);

        var page = new StringBuilder("# Costs of being generated\n\n")
            .Append(CultureInfo.InvariantCulture,
                $"Written by `costs` on {DateTime.UtcNow:yyyy-MM-dd}: {cpu.Name} ({cpu.Folder}), "
                    + $"{RuntimeInformation.FrameworkDescription}.\n\n")
            .Append(closing).Append(" (median of ").Append(Starts).Append(" starts).\n\n")
            .Append("Generator: median of 5 runs by a fresh driver in a warm process, all vector widths. Kernels: "
                + "those of the width in use, forward and backward, with full optimisation. ")
            .Append("First step: of training for models with an embedding (B64 T32), else one step of one stream; one start each.\n\n");
        Line(page, ["model", "parameters", "generator", "source", "kernels' IL", "machine code", "kernels' JIT", "JIT to first step",
            "first step"]);
        Line(page, Enumerable.Repeat("---", 9));
        var code = new MachineCode();
        var generation = new Generation();
        foreach (var model in ModelList.All)
        {
            interrupt.ThrowIfCancellationRequested();
            Line(page, Cells(Measure(model, code, generation, interrupt)));
        }

        OutputFile.Write(path, page.ToString());
        Console.WriteLine($"written: {path}");
        return 0;
    }

    private static CostRow Measure(IBenchmarkModel model, MachineCode code, Generation generation, CancellationToken interrupt)
    {
        var (generator, characters) = generation.Measure(model);
        var il = KernelCode.Methods(model).Sum(method => method.GetMethodBody()?.GetILAsByteArray()?.Length ?? 0);
        var first = Milliseconds(model, 1, interrupt);
        return new CostRow(
            model.Type.Name, model.Parameters, generator, characters, il, code.Bytes(model), code.Milliseconds(model), first.Jit,
            first.Wall);
    }

    /// <summary>The median of some starts.</summary>
    private static (double Wall, double Jit) Milliseconds(IBenchmarkModel model, int starts, CancellationToken interrupt)
    {
        var times = new List<(double Wall, double Jit)>();
        for (var i = 0; i < starts; i++)
        {
            interrupt.ThrowIfCancellationRequested();
            var (lines, wall) = Child.Run([FirstStep.Word, model.Type.Name]);
            times.Add((wall, double.Parse(lines[0].Split(' ')[0], CultureInfo.InvariantCulture)));
        }

        return times.Order().ElementAt(starts / 2);
    }

    private static string[] Cells(CostRow row) =>
    [
        row.Model, Invariant($"{row.Parameters}"), Invariant($"{row.GeneratorMilliseconds:0.0} ms"),
        Invariant($"{row.SourceCharacters / 1000.0:0} k"),
        Invariant($"{row.IlBytes}"), Invariant($"{row.MachineBytes}"), Invariant($"{row.KernelJitMilliseconds:0.0} ms"),
        Invariant($"{row.JitMilliseconds:0} ms"), Invariant($"{row.FirstStepMilliseconds:0} ms"),
    ];

    private static void Line(StringBuilder page, IEnumerable<string> cells)
    {
        var line = "| " + string.Join(" | ", cells) + " |";
        Console.WriteLine(line);
        page.Append(line).Append('\n');
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
