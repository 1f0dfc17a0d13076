using System.Diagnostics;
using System.Globalization;

namespace FastRnn.Benchmarks.Costs;

/// <summary>This program once more, under a runtime with default settings.</summary>
internal static class Child
{
    /// <summary>What starts it: a program, or what the host called <c>dotnet</c> is told first.</summary>
    public static IReadOnlyList<string> Command { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
        ? [Environment.ProcessPath!, typeof(Child).Assembly.Location] : [Environment.ProcessPath!];

    /// <summary>Runs a child to its end.</summary>
    /// <returns>Its lines, and the milliseconds from before its start until the first line was there.</returns>
    /// <exception cref="IOException">It failed.</exception>
    public static (IReadOnlyList<string> Lines, double FirstLineMilliseconds) Run(
        IReadOnlyList<string> words, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Command[0], [.. Command.Skip(1), .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var begin = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        var milliseconds = 0.0;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (lines.Count == 0)
            {
                milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            }

            lines.Add(line);
        }

        process.WaitForExit();
        return process.ExitCode == 0
            ? (lines, milliseconds)
            : throw new IOException(
                string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', words)}: exit code {process.ExitCode}: {errors.Result}"));
    }
}
