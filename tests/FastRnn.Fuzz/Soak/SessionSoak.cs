using System.Diagnostics;

namespace FastRnn.Fuzz.Soak;

/// <summary>A server that makes a session for each request: it is made, steps once and is disposed of, with as many threads as the model
/// takes by itself. The outputs have the same bits each time, and neither memory nor threads become more.</summary>
/// <param name="folder">Keeps what each mark found.</param>
/// <param name="mark">Sessions from a mark to the next.</param>
internal sealed class SessionSoak(string folder, long mark)
{
    private const string Head = "sessions\tus each\tthreads\tobjects (KB)\tprocess (MB)\tus each, LSTM 256";

    // At each mark so many sessions of a model with more work.
    private const int Large = 1000;

    private readonly SoakTable table = new(Path.Combine(folder, "sessions.tsv"), Head);

    /// <inheritdoc cref="StreamSoak.Run"/>
    public string? Run(long sessions, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        using var model = new SoakedEffect(seed: 1);
        using var large = new SoakedVoice(seed: 2);
        var memory = new SoakMemory();
        var (small, first) = (Small(model), Voice(large));
        var threads = 0;
        for (var done = table.Last; done < sessions && Stopwatch.GetElapsedTime(start) < time;)
        {
            var next = Math.Min(sessions, done + mark);
            var begin = Stopwatch.GetTimestamp();
            for (var i = done; i < next; i++)
            {
                if (Small(model) != small)
                    return FormattableString.Invariant($"sessions: number {i}: other outputs");
            }

            FormattableString each = $"{Stopwatch.GetElapsedTime(begin).TotalMicroseconds / (next - done):0.00}";
            begin = Stopwatch.GetTimestamp();
            for (var i = 0; i < Large; i++)
            {
                if (Voice(large) != first)
                    return FormattableString.Invariant($"sessions: at mark {next}: other outputs of LSTM 256");
            }

            FormattableString eachLarge = $"{Stopwatch.GetElapsedTime(begin).TotalMicroseconds / Large:0.0}";
            using var process = Process.GetCurrentProcess();
            var now = process.Threads.Count;
            threads = threads == 0 ? now : threads;
            // The runtime's own come and go.
            var wrong = now > threads + 4 ? FormattableString.Invariant($"{now} threads, where {threads} were") : memory.Look();
            if (wrong is not null)
                return FormattableString.Invariant($"sessions: at mark {next}: {wrong}");
            table.Add(next, each, now, memory.Managed >> 10, memory.Resident >> 20, eachLarge);
            done = next;
        }

        return null;
    }

    private static float Small(SoakedEffect model)
    {
        using var session = model.CreateSession();
        Span<float> x = [0.25f], y = [0f];
        session.Step(x, y);
        return y[0];
    }

    private static float Voice(SoakedVoice model)
    {
        using var session = model.CreateSession();
        Span<float> x = stackalloc float[64], y = stackalloc float[256];
        x.Fill(0.25f);
        session.Step(x, y);
        return y[0];
    }
}
