using System.Diagnostics;
using System.Globalization;

namespace FastRnn.Fuzz.Soak;

/// <summary>A day of streaming: two sessions read the same stream. The first goes on for as long as the process does; the second reads it
/// in calls of other lengths, and at each mark it is saved, ended, and another one goes on from the file. The same bits must come out
/// between any two marks and be carried at each, nothing may be allocated by the first one's steps, and memory stays level.</summary>
/// <param name="folder">Keeps what each mark found, and the state of the last: whoever is stopped goes on from there.</param>
/// <param name="mark">Steps from a mark to the next, but for some more until the stream is noise.</param>
internal sealed class StreamSoak(string folder, long mark)
{
    private const string Head = "steps\toutputs\tstate\tallocated\tobjects (KB)\tprocess (MB)\tseconds";

    private readonly SoakTable table = new(Path.Combine(folder, "streaming.tsv"), Head);

    /// <summary>Goes on.</summary>
    /// <param name="steps">Where the soak ends.</param>
    /// <param name="time">How long this process takes part at most; the mark that is begun is finished.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? Run(long steps, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        using var model = new SoakedEffect(seed: 1);
        var input = new SoakInput(seed: 17);
        using var first = new SoakStream(input, model, 512, varies: false);
        using var second = new SoakStream(input, model, 1000, varies: true);
        var memory = new SoakMemory();
        var done = table.Last;
        if (done > 0)
        {
            first.Load(Kept(done));
            second.Load(Kept(done));
        }

        while (done < steps && Stopwatch.GetElapsedTime(start) < time)
        {
            var begin = Stopwatch.GetTimestamp();
            var next = input.NextNoise(Math.Min(steps, done + mark));
            first.Run(done, next);
            second.Run(done, next);
            second.Renew(Kept(next));
            var isSame = first.State().Equals(second.State());
            var wrong = memory.Look();
            wrong = first.Hash != second.Hash ? "other outputs"
                : !isSame ? "another state"
                : first.State().CountLost() > 0 ? "a state that is not finite"
                : first.Allocated > 0 ? FormattableString.Invariant($"steps that allocated {first.Allocated} bytes")
                : wrong;
            if (wrong is not null)
                return string.Create(CultureInfo.InvariantCulture, $"streaming: at step {next}: {wrong}");
            FormattableString outputs = $"{first.Hash:x16}";
            FormattableString seconds = $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0}";
            table.Add(
                next, outputs, SoakTable.Hash(Kept(next)), first.Allocated, memory.Managed >> 10, memory.Resident >> 20, seconds);
            File.Delete(Kept(done));
            done = next;
        }

        return null;
    }

    private string Kept(long step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"stream-{step}.safetensors"));
}
