using System.CommandLine;
using System.Text.Json;

using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Embedded;

/// <summary><c>embedded</c>: the small program with two models inside, with a JIT and without.</summary>
internal static class EmbeddedCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick")
        {
            Description = "Short measurements and one native program: a first look, which replaces no results of a whole run."
        };
        var json = new Option<string?>("--json") { Description = "Writes the rows as a JSON array to this file, too." };
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var native = new Option<string?>("--native") { Description = "A native program that exists already, instead of building one." };
        var command =
            new Command("embedded",
                "Measures src/Samples/Embedded, built for the JIT and natively: size, start, steps, real time, silence, streams.") { quick,
                json, results, native };
        command.SetAction(parsed => Interrupt.Guard(token =>
            Run(parsed.GetValue(quick), parsed.GetValue(json), parsed.GetValue(results), parsed.GetValue(native), token)));
        return command;
    }

    private static int Run(bool quick, string? json, string? root, string? native, CancellationToken interrupt)
    {
        if (native is not null && !File.Exists(native))
        {
            throw new IOException($"{native}: expected a native program, found no file");
        }

        var cpu = CpuInfo.Read();
        var path = Path.Combine(ResultsFolder.Create(root, cpu, isWhole: !quick), quick ? "embedded-quick.md" : "embedded.md");
        string[] files = json is null ? [Path.ChangeExtension(path, ".json")] : [Path.ChangeExtension(path, ".json"), json];
        Array.ForEach([path, .. files], OutputFile.Check);

        using var builds = new EmbeddedBuilds();
        builds.Build(native, quick, interrupt);
        var rows = new EmbeddedRun(builds.Programs, quick, interrupt).Run();
        var page = EmbeddedReport.Markdown(cpu, rows, builds.Programs, builds.Notes, EmbeddedRun.WeightBytes(EmbeddedBuilds.Source), quick);
        Console.WriteLine(page);
        OutputFile.Write(path, page);
        Console.WriteLine($"written: {path}");
        foreach (var file in files)
        {
            OutputFile.Write(file, JsonSerializer.Serialize(rows, EmbeddedJson.Default.IReadOnlyListEmbeddedRow) + "\n");
            Console.WriteLine($"written: {file}");
        }

        return 0;
    }
}
