using System.Diagnostics;

using FastRnn.Inference;

namespace FastRnn.Embedded.Measure;

/// <summary>Many streams in sessions of equal size, shared out among threads that are started once. Serving allocates nothing.</summary>
internal sealed class StreamService : IDisposable
{
    /// <summary>A stream in so many comes and goes in each hop.</summary>
    private const int Lifetime = 1000;

    private readonly Session<KeywordSpotter>[] sessions;
    private readonly float[] features;
    private readonly float[] logits;
    private readonly int batch;
    private readonly Thread[] helpers;
    private readonly long[] busy;
    private readonly long[] arrivals;
    private readonly long[] finished;
    private readonly int[] resets;
    private readonly int threads;
    private int hopNumber;
    private int asked;
    private int done;
    private bool isOver;

    public StreamService(KeywordSpotter model, int streams, int batch, int threads, int hops)
    {
        (this.batch, this.threads) = (batch, threads);
        sessions = new Session<KeywordSpotter>[(streams + batch - 1) / batch];
        for (var i = 0; i < sessions.Length; i++)
        {
            sessions[i] = model.CreateSession(new() { BatchSize = Math.Min(batch, streams - (i * batch)), Threads = 1 });
        }

        (features, logits) = (new float[streams * 40], new float[streams * 12]);
        var random = new Random(1);
        foreach (ref var value in features.AsSpan())
        {
            value = random.NextSingle() - 0.5f;
        }

        (busy, resets, arrivals, finished) = (new long[threads], new int[threads], new long[hops], new long[hops * sessions.Length]);
        Latencies = new Durations(finished.Length);
        helpers = new Thread[threads - 1];
        for (var i = 0; i < helpers.Length; i++)
        {
            var worker = i + 1;
            helpers[i] = new Thread(() => Help(worker)) { IsBackground = true };
            helpers[i].Start();
        }
    }

    /// <summary>From the arrival of a session's frames to their logits: all of its streams have them at once.</summary>
    public Durations Latencies { get; }

    /// <summary>Nanoseconds in which threads had work, together.</summary>
    public double Busy { get; private set; }

    public int Resets { get; private set; }

    /// <summary>The median of some hops that are served at once, in nanoseconds.</summary>
    public double Pass(int warm, int hops)
    {
        var passes = new Durations(hops);
        for (var hop = 0; hop < warm + hops; hop++)
        {
            var begin = Stopwatch.GetTimestamp();
            Hop(0, begin);
            if (hop >= warm)
            {
                passes.Add(Stopwatch.GetTimestamp() - begin);
            }
        }

        return passes.Quantile(0.5);
    }

    /// <summary>Frames of all streams arrive every <paramref name="seconds"/>; what comes while the last ones are at work waits.</summary>
    public void Serve(int hops, double seconds)
    {
        Array.Clear(busy);
        Array.Clear(resets);
        var begin = Stopwatch.GetTimestamp();
        for (var hop = 0; hop < hops; hop++)
        {
            var arrival = begin + Durations.Ticks((hop + 1) * seconds);
            Pace.WaitFor(arrival);
            Hop(hop, arrival);
        }

        for (var hop = 0; hop < hops; hop++)
        {
            for (var i = 0; i < sessions.Length; i++)
            {
                Latencies.Add(finished[(hop * sessions.Length) + i] - arrivals[hop]);
            }
        }

        foreach (var time in busy)
        {
            Busy += Durations.Nanoseconds(time);
        }

        foreach (var number in resets)
        {
            Resets += number;
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref isOver, true);
        Interlocked.Increment(ref asked);
        foreach (var helper in helpers)
        {
            helper.Join();
        }

        foreach (var session in sessions)
        {
            session.Dispose();
        }
    }

    private void Hop(int hop, long arrival)
    {
        arrivals[hop] = arrival;
        hopNumber = hop;
        Volatile.Write(ref done, 0);
        Interlocked.Increment(ref asked);
        Work(0, hop);
        while (Volatile.Read(ref done) < helpers.Length)
        {
            Thread.SpinWait(10);
        }
    }

    /// <summary>Helpers spin: a service whose threads sleep adds the time in which the system wakes them.</summary>
    private void Help(int worker)
    {
        for (var seen = 0; ; seen++)
        {
            while (Volatile.Read(ref asked) == seen)
            {
                Thread.SpinWait(10);
            }

            if (Volatile.Read(ref isOver))
            {
                return;
            }

            Work(worker, hopNumber);
            Interlocked.Increment(ref done);
        }
    }

    private void Work(int worker, int hop)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = worker; i < sessions.Length; i += threads)
        {
            var (session, first) = (sessions[i], i * batch);
            for (var stream = (hop * 37 + i) % Lifetime; stream < session.BatchSize; stream += Lifetime)
            {
                session.Reset(stream);
                resets[worker]++;
            }

            session.Step(features.AsSpan(first * 40, session.BatchSize * 40), logits.AsSpan(first * 12, session.BatchSize * 12));
            finished[(hop * sessions.Length) + i] = Stopwatch.GetTimestamp();
        }

        busy[worker] += Stopwatch.GetTimestamp() - begin;
    }
}
