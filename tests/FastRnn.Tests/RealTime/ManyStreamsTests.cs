using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.RealTime;

/// <summary>Ten thousand streams come and go in rows of some sessions, which two threads serve. Each has the bits of a session of its
/// own.</summary>
public sealed class ManyStreamsTests
{
    private const int Streams = 10_000;
    private const int Rows = 96;
    private const int Hops = 40;
    private const int Inputs = 5;
    private const int Outputs = 3;

    [Fact]
    public void A_stream_among_ten_thousand_is_a_stream_alone()
    {
        var model = new Spotter(seed: 1);
        var sessions = Enumerable.Range(0, (Streams + Rows - 1) / Rows)
            .Select(i => model.CreateSession(new() { BatchSize = Math.Min(Rows, Streams - i * Rows), Threads = 1 })).ToArray();
        var got = new float[Hops][];
        for (var hop = 0; hop < Hops; hop++)
        {
            var (x, y) = (new float[Streams * Inputs], got[hop] = new float[Streams * Outputs]);
            for (var stream = 0; stream < Streams; stream++)
                Frame(stream, hop, x.AsSpan(stream * Inputs, Inputs));
            var now = hop;
            Parallel.For(0, 2, worker => Serve(sessions, worker, now, x, y));
        }

        Array.ForEach(sessions, session => session.Dispose());
        for (var stream = 0; stream < Streams; stream += 7)
            CheckAlone(model, stream, got);
    }

    private static void Serve(Session<Spotter>[] sessions, int worker, int hop, float[] x, float[] y)
    {
        for (var i = worker; i < sessions.Length; i += 2)
        {
            var (first, count) = (i * Rows, sessions[i].BatchSize);
            for (var row = 0; row < count; row++)
            {
                if (Begins(first + row, hop))
                    sessions[i].Reset(row);
            }

            sessions[i].Step(x.AsSpan(first * Inputs, count * Inputs), y.AsSpan(first * Outputs, count * Outputs));
        }
    }

    private static void CheckAlone(Spotter model, int stream, float[][] got)
    {
        using var alone = model.CreateSession(new() { Threads = 1 });
        var (x, y) = (new float[Inputs], new float[Outputs]);
        for (var hop = 0; hop < Hops; hop++)
        {
            if (Begins(stream, hop))
                alone.Reset();
            Frame(stream, hop, x);
            alone.Step(x, y);
            Bits.AssertSame($"stream {stream}, hop {hop}", y, got[hop].AsSpan(stream * Outputs, Outputs));
        }
    }

    private static bool Begins(int stream, int hop) => (stream * 31 + hop) % 17 == 0;

    /// <summary>Some streams are silent, and some nearly.</summary>
    private static void Frame(int stream, int hop, Span<float> x)
    {
        for (var i = 0; i < x.Length; i++)
            x[i] = (stream % 5) switch { 0 => 0, 1 => 1e-38f, _ => MathF.Sin(stream + hop * 1.7f + i) };
    }
}
