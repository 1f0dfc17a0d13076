using System.Diagnostics;
using System.Globalization;

using FastRnn.Data;

namespace FastRnn.Fuzz.Soak;

/// <summary>A day of training: of two runs with the same numbers one goes on for as long as the process does; the other ends at each mark,
/// with everything that belongs to it, and is taken up again from its checkpoint. At each mark both files have the same bytes, and memory
/// stays level.</summary>
/// <param name="folder">Keeps what each mark found, and the checkpoint of the last: whoever is stopped goes on from there.</param>
/// <param name="mark">Steps from a mark to the next.</param>
internal sealed class TrainingSoak(string folder, long mark)
{
    private const string Head = "steps\tcheckpoint\tloss\tobjects (KB)\tprocess (MB)\tseconds";

    private readonly SequenceDataset data = SoakData.Create();
    private readonly SoakTable table = new(Path.Combine(folder, "training.tsv"), Head);

    private string First => Path.Combine(folder, "unbroken.safetensors");

    private string Second => Path.Combine(folder, "resumed.safetensors");

    /// <inheritdoc cref="StreamSoak.Run"/>
    public string? Run(long steps, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var memory = new SoakMemory();
        var done = table.Last;
        var from = done > 0 ? Kept(done) : null;
        using var unbroken = new SoakRun(data, steps, First, from);
        while (done < steps && Stopwatch.GetElapsedTime(start) < time)
        {
            var begin = Stopwatch.GetTimestamp();
            var next = Math.Min(steps, done + mark);
            var loss = unbroken.Run(next);
            using (var resumed = new SoakRun(data, steps, Second, from))
                resumed.Run(next);
            var wrong = unbroken.Step != next ? FormattableString.Invariant($"stopped at step {unbroken.Step}")
                : !File.ReadAllBytes(First).AsSpan().SequenceEqual(File.ReadAllBytes(Second)) ? "other bytes"
                : memory.Look();
            if (wrong is not null)
                return string.Create(CultureInfo.InvariantCulture, $"training: at step {next}: {wrong}");
            File.Copy(Second, Kept(next), overwrite: true);
            FormattableString seconds = $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0}";
            table.Add(next, SoakTable.Hash(Second), loss, memory.Managed >> 10, memory.Resident >> 20, seconds);
            if (from is not null)
                File.Delete(from);
            (done, from) = (next, Kept(next));
        }

        return null;
    }

    private string Kept(long step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"training-{step}.safetensors"));
}
