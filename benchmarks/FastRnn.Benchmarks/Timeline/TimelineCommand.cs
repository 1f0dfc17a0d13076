using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Learning;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Timeline;

/// <summary><c>timeline</c>: where a whole training step spends its time, on one thread and on two.</summary>
internal static class TimelineCommand
{
    public static Command Create()
    {
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command = new Command("timeline", "Shows where a whole training step spends its time.") { results };
        command.SetAction(parsed => Interrupt.Guard(token => Run(parsed.GetValue(results), token)));
        return command;
    }

    private static int Run(string? root, CancellationToken interrupt)
    {
        var cpu = CpuInfo.Read();
        var path = Path.Combine(ResultsFolder.Create(root, cpu, isWhole: true), "timeline.md");
        OutputFile.Check(path);
        var page = new StringBuilder("# A training step, piece by piece\n\n").Append(
            CultureInfo.InvariantCulture,
            $"Written by `timeline` on {DateTime.UtcNow:yyyy-MM-dd}: {cpu.Name} ({cpu.Folder}), ")
            .Append(RuntimeInformation.FrameworkDescription)
            .Append(". Medians of whole steps (embedding, layers, dense 65, cross-entropy, clipping, Adam), microseconds. Workers wait ")
            .Append("for each other after each piece; `share` is of the sum on one thread. `GFLOP/s` are of the piece's own ")
            .Append("matrices.\n");
        Write<WholeLstm_16x32>(32, "LSTM 16 -> 32, B 32, T 50");
        Write<CharacterModel>(64, "LSTM 64 -> 128 x 2, B 64, T 50");
        Write<WholeElman_64x256>(64, "Elman 64 -> 256, B 64, T 50");
        Write<WholeGru_64x256_2>(64, "GRU 64 -> 256 x 2, B 64, T 50");
        Write<WholeLstm_64x512_2>(64, "LSTM 64 -> 512 x 2, B 64, T 50");
        OutputFile.Write(path, page.ToString());
        Console.WriteLine($"written: {path}");
        return 0;

        void Write<TModel>(int batch, string title)
            where TModel : class, IModel<TModel>
        {
            const int Steps = 50;
            var (one, two) = TimelineRows.Measure<TModel>(batch, Steps, interrupt);
            Line($"\n## {title}\n");
            Line("| piece | 1 thread | share | 2 threads | times faster | GFLOP/s, 1 and 2 threads |");
            Line("|---|---|---|---|---|---|");
            var flops = 2.0 * batch * Steps * TModel.Info.Layers.Sum(layer => layer.MultiplyAdds);
            var sum = one.Sum(row => row.Microseconds);
            foreach (var ((name, first), (_, second)) in one.Zip(two))
            {
                Line(Figures.Invariant($"| {name} | {first:f1} | {100 * first / sum:f1} % | {second:f1} | {first / second:f2} | ")
                    + (name is "forward" or "backward" or "deferred products"
                        ? Figures.Invariant($"{flops / first / 1e3:f0}, {flops / second / 1e3:f0} |") : "|"));
            }

            var all = two.Sum(row => row.Microseconds);
            Line(Figures.Invariant($"| all | {sum:f1} | 100 % | {all:f1} | {sum / all:f2} ")
                + Figures.Invariant($"| {3 * flops / sum / 1e3:f0}, {3 * flops / all / 1e3:f0} |"));
        }

        void Line(string line)
        {
            Console.WriteLine(line);
            page.Append(line).Append('\n');
        }
    }
}
