using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

using FastRnn.Benchmarks.Costs;
using FastRnn.Benchmarks.Peers.Workers;
using FastRnn.Benchmarks.Results;

using static System.FormattableString;

namespace FastRnn.Benchmarks.Ranks;

/// <summary>Starts processes that measure steps, and reads their lines.</summary>
internal static partial class RankJob
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>One process of so many threads.</summary>
    public static IReadOnlyList<RankMeasure> Alone(int hidden, int threads, double seconds) =>
        Read(PeerHome.Piped(Child.Command[0], [.. Child.Command.Skip(1), .. Words(hidden, threads, seconds)]), 1);

    /// <summary>Ranks of one thread each, a core for each, over the memory of this machine.</summary>
    public static IReadOnlyList<RankMeasure> Ranks(int hidden, int ranks, double seconds) => Read(
        PeerHome.Piped(
            "mpirun",
            ["--allow-run-as-root", "--bind-to", "core", "-n", Invariant($"{ranks}"), .. Child.Command, .. Words(hidden, 1, seconds)]),
        ranks);

    /// <summary>Two ranks of one thread each in network namespaces of their own.</summary>
    /// <param name="hidden">Units of a layer.</param>
    /// <param name="delay">What a packet waits: <c>50us</c>.</param>
    /// <param name="rate">How much passes: <c>1gbit</c>.</param>
    /// <param name="seconds">How long steps are measured.</param>
    public static IReadOnlyList<RankMeasure> Namespaces(int hidden, string delay, string rate, double seconds) => Read(
        PeerHome.Piped(
            "bash",
            [
                Path.Combine(ResultsFolder.Checkout, "tests", "mpi-namespaces.sh"), delay, rate,
                .. Child.Command, .. Words(hidden, 1, seconds),
            ]),
        2);

    /// <summary>Waits for a process, and reads the lines of measurements among what it writes.</summary>
    /// <param name="start">How it is started, with its output in pipes.</param>
    /// <param name="count">How many lines there should be.</param>
    /// <exception cref="IOException">It is not installed, failed or took too long.</exception>
    public static IReadOnlyList<RankMeasure> Read(ProcessStartInfo start, int count)
    {
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new IOException($"{start.FileName} could not be started: {e.Message} (Debian: openmpi-bin)", e);
        }

        using var started = process;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"{start.FileName}: no end within {Patience.TotalSeconds} seconds");
        }

        // mpirun gives a rank a terminal, to which .NET writes an escape sequence first, and may cut lines to pieces of several ranks.
        var lines = Measure().Matches(output.Result).Select(line => JsonSerializer.Deserialize(line.Value, RankJson.Default.RankMeasure)!)
            .OrderBy(line => line.Rank).ToList();
        return process.ExitCode == 0 && lines.Count == count
            ? lines
            : throw new IOException(Invariant($"{start.FileName}: exit code {process.ExitCode}: {output.Result}{errors.Result}"));
    }

    private static string[] Words(int hidden, int threads, double seconds) =>
        [RankStepsCommand.Name, Invariant($"{hidden}"), Invariant($"{threads}"), Invariant($"{seconds}")];

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Measure();
}
