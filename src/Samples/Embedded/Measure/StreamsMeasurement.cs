using System.Diagnostics;

namespace FastRnn.Embedded.Measure;

/// <summary><c>streams</c>: all frames of all streams arrive at the same moment, every 10 ms, which is the worst they can do. Two threads
/// have half of the streams each, in sessions of B streams; each stream's features are read where they arrived. A stream's latency ends
/// when its logits are there.</summary>
internal static class StreamsMeasurement
{
    private const int Threads = 2;
    private const double Hop = 0.010;

    /// <summary>How much of the hop may be used: the rest is for what else the machine does.</summary>
    private const double Usable = 0.8;

    public static void Run(Settings settings, Findings findings)
    {
        var model = new KeywordSpotter();
        var (best, least) = (0, double.PositiveInfinity);
        foreach (var batch in (ReadOnlySpan<int>)[16, 32, 48, 64, 96, 128, 256, 512, 1024])
        {
            using var tried = new StreamService(model, settings.Streams, batch, Threads, 40);
            var time = tried.Pass(8, 21);
            findings.Add($"pass_of_batch_{batch}_us", time / 1e3);
            (best, least) = time < least ? (batch, time) : (best, least);
        }

        findings.Add("best_batch", best);
        findings.Add("streams_that_fit", Math.Floor(settings.Streams * Hop * 1e9 * Usable / least));
        var hop = Hop;
        while (least > hop * 1e9 * Usable)
        {
            hop += Hop;
        }

        var ticks = (int)Math.Max(1, settings.Seconds / hop);
        using var service = new StreamService(model, settings.Streams, best, Threads, ticks);
        service.Pass(5, 5);
        var spent = new Spent();
        var begin = Stopwatch.GetTimestamp();
        service.Serve(ticks, hop);
        spent.Report(findings);
        findings.Add("streams", settings.Streams);
        findings.Add("hop_ms", hop * 1e3);
        findings.Add("frames", (double)ticks * settings.Streams);
        findings.Add("seconds", Stopwatch.GetElapsedTime(begin).TotalSeconds);
        findings.Add("streams_that_came_and_went", service.Resets);
        findings.Add("real_time_factor", service.Busy / (ticks * hop * 1e9 * Threads));
        service.Latencies.Report(findings, "latency");
    }
}
