using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace FastRnn.Benchmarks.Embedded;

/// <summary>A build of <c>src/Samples/Embedded</c>.</summary>
/// <param name="Name">As the table says it.</param>
/// <param name="Path">The executable.</param>
/// <param name="IsNative">Whether it needs no runtime.</param>
internal sealed record EmbeddedProgram(string Name, string Path, bool IsNative)
{
    /// <summary>Runs the program, or another one that runs it, to its end.</summary>
    /// <returns>Its lines, and the milliseconds from before its start until the first of them was there.</returns>
    /// <exception cref="IOException">It failed.</exception>
    public (IReadOnlyList<string> Lines, double FirstLineMilliseconds) Run(
        IReadOnlyList<string> words, CancellationToken interrupt, params IReadOnlyList<string> runner)
    {
        interrupt.ThrowIfCancellationRequested();
        string[] all = [.. runner, Path, .. words];
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] =
            System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var begin = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var lines = new List<string>();
        var milliseconds = 0.0;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            milliseconds = lines.Count == 0 ? Stopwatch.GetElapsedTime(begin).TotalMilliseconds : milliseconds;
            lines.Add(line);
        }

        process.WaitForExit();
        interrupt.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? (lines, milliseconds)
            : throw new IOException(
                string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', all)}: exit code {process.ExitCode}: {errors.Result}"));
    }

    /// <summary>What <c>measure</c> found.</summary>
    public Dictionary<string, double> Measure(IReadOnlyList<string> words, CancellationToken interrupt) =>
        Findings(Run(["measure", .. words, "--json"], interrupt).Lines);

    /// <summary>The JSON object at the end of a program's lines.</summary>
    public static Dictionary<string, double> Findings(IReadOnlyList<string> lines)
    {
        using var json = JsonDocument.Parse(string.Join('\n', lines.SkipWhile(line => line != "{")));
        return json.RootElement.EnumerateObject().Where(found => found.Value.ValueKind == JsonValueKind.Number)
            .ToDictionary(found => found.Name, found => found.Value.GetDouble(), StringComparer.Ordinal);
    }
}
