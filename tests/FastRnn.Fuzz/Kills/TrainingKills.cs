using System.Globalization;

using FastRnn.Fuzz.Soak;

namespace FastRnn.Fuzz.Kills;

/// <summary>Kills processes that train, again and again, each of which goes on from the checkpoint of the one before. In the end the
/// checkpoint has the bytes of a run that nobody killed, and nothing is left behind.</summary>
/// <param name="folder">Where it happens; emptied.</param>
/// <param name="seed">The moments follow from it.</param>
internal sealed class TrainingKills(string folder, int seed)
{
    /// <summary>The arguments of a process that trains.</summary>
    public const string Word = "killed-training";

    private const long Steps = 20_000;

    // A checkpoint is written for a good part of the time.
    private const int Every = 50;
    private const double LongestMilliseconds = 400;

    private readonly Random random = new(seed);

    private string Kept => Path.Combine(folder, "killed.safetensors");

    /// <summary>What such a process does: it goes on if there is a checkpoint.</summary>
    public static void Train(string checkpoint)
    {
        using var run = new SoakRun(SoakData.Create(), Steps, checkpoint, File.Exists(checkpoint) ? checkpoint : null, Every);
        Console.WriteLine(run.Step.ToString(CultureInfo.InvariantCulture));
        run.Run(Steps);
    }

    /// <summary>Kills.</summary>
    /// <param name="count">How many processes at least: the run in which the last is killed goes on to its end.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? Run(int count)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var unbroken = Path.Combine(folder, "unbroken.safetensors");
        using (var run = new SoakRun(SoakData.Create(), Steps, unbroken, from: null, Every))
            run.Run(Steps);
        var expected = File.ReadAllBytes(unbroken);

        var (kills, runs, resumed) = (0, 0, 0);
        while (kills < count)
        {
            File.Delete(Kept);
            runs++;
            while (true)
            {
                using var child = new Victim(Word, Kept);
                resumed += child.Begun() != "0" ? 1 : 0;
                var after = kills < count ? random.NextDouble() * LongestMilliseconds : TimeSpan.FromHours(1).TotalMilliseconds;
                if (!child.Kill(TimeSpan.FromMilliseconds(after)))
                    break;
                kills++;
            }

            if (!File.ReadAllBytes(Kept).AsSpan().SequenceEqual(expected))
                return FormattableString.Invariant($"run {runs}: other bytes than the unbroken run's");
            if (Directory.EnumerateFiles(folder, ".fastrnn-*").FirstOrDefault() is { } left)
                return FormattableString.Invariant($"run {runs}: left behind: {left}");
        }

        Console.WriteLine($"{kills} processes killed in {runs} runs of {Steps} steps, {resumed} times one went on from a checkpoint: "
            + "each run ended with the same bytes");
        return resumed > 0 ? null : "no process went on from a checkpoint";
    }
}
