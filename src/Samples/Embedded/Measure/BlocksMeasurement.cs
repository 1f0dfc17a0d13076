using System.Diagnostics;

using FastRnn.Inference;

namespace FastRnn.Embedded.Measure;

/// <summary><c>blocks</c>: the audio model at 48 kHz, 64 samples a call: back to back, and every 1.33 ms as a sound card would ask for
/// them.</summary>
internal static class BlocksMeasurement
{
    public static void Run(Settings settings, Findings findings)
    {
        var blocks = (int)(settings.Seconds * Sound.Rate / Sound.Block);
        var (music, warm) = (Sound.Music(), Math.Min(blocks, 20_000));
        using var session = new Pedal().CreateSession(new() { Threads = 1 });
        Play(session, music, warm, new Durations(warm), finishes: null);
        Play(session, music, 10, new Durations(10), new Durations(10));

        var (backToBack, paced, finishes) = (new Durations(blocks), new Durations(blocks), new Durations(blocks));
        var spent = new Spent();
        Play(session, music, blocks, backToBack, finishes: null);
        Play(session, music, blocks, paced, finishes);
        spent.Report(findings);

        var period = Sound.Block * 1e9 / Sound.Rate;
        findings.Add("block_period_us", period / 1e3);
        findings.Add("blocks", blocks);
        findings.Add("real_time_factor", backToBack.Sum() / (blocks * period));
        backToBack.Report(findings, "block");
        findings.Add("paced_real_time_factor", paced.Sum() / (blocks * period));
        paced.Report(findings, "paced_block");
        finishes.Report(findings, "paced_finish");
    }

    /// <param name="session">Plays.</param>
    /// <param name="sound">A second, again and again.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="times">From the beginning of a block's work to its end.</param>
    /// <param name="finishes">If blocks have their time: from the moment at which a block was due to its end. A thread that wakes up late,
    /// or still has the last block to do, is late with this one.</param>
    private static void Play(Session<Pedal> session, float[] sound, int blocks, Durations times, Durations? finishes)
    {
        Span<float> y = stackalloc float[Sound.Block];
        var begin = Stopwatch.GetTimestamp();
        for (var block = 0; block < blocks; block++)
        {
            var due = begin + Durations.Ticks((block + 1.0) * Sound.Block / Sound.Rate);
            if (finishes is not null)
            {
                Pace.WaitFor(due);
            }

            var x = sound.AsSpan(block * Sound.Block % Sound.Rate, Sound.Block);
            var start = Stopwatch.GetTimestamp();
            session.Run(x, y);
            var end = Stopwatch.GetTimestamp();
            times.Add(end - start);
            finishes?.Add(end - due);
        }
    }
}
