using System.Collections.Concurrent;
using System.Runtime.InteropServices;

using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Tests.Sessions;

namespace FastRnn.Tests.Misuse;

/// <summary>Many threads hammer one session. Every call is refused or right: what got through, put in order, is what one thread would have
/// computed.</summary>
public sealed class SharedSessionTests
{
    private const int Threads = 4;
    private const int Calls = 3000;

    /// <summary>After so many rounds without any two threads in the session at once something would be wrong.</summary>
    private const int MostRounds = 100;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(16, 2)]
    public void Every_call_is_refused_or_right(int batch, int threads)
    {
        var refused = 0;
        for (var round = 0; round < MostRounds && refused == 0; round++)
            refused = Hammer(batch, threads);
        Assert.True(refused > 0, "No call was ever refused");
    }

    /// <returns>How many calls were refused.</returns>
    private static int Hammer(int batch, int threads)
    {
        var model = StreamInput<Echo>.Model();
        var session = model.CreateSession(new() { BatchSize = batch, Threads = threads });
        var x = Experiment.Numbers(new Random(1), batch * 5, 1);
        var run = Enumerable.Repeat(x, 3).SelectMany(step => step).ToArray();
        var outputs = new ConcurrentBag<float[]>();
        var states = new ConcurrentBag<SessionState<Echo>>();
        var (refused, unexpected) = (0, new ConcurrentQueue<Exception>());
        using var together = new Barrier(Threads);
        var workers = Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            together.SignalAndWait();
            for (var call = 0; call < Calls; call++)
            {
                try
                {
                    switch ((call + i) % 4)
                    {
                        case 0:
                            var three = new float[3 * batch * 5];
                            session.Run(run, three);
                            foreach (var one in three.Chunk(batch * 5))
                                outputs.Add(one);
                            break;
                        case 1:
                            states.Add(session.GetState());
                            break;
                        default:
                            var y = new float[batch * 5];
                            session.Step(x, y);
                            outputs.Add(y);
                            break;
                    }
                }
                catch (InvalidOperationException e) when (e.Message.StartsWith(
                    "Another thread is in this Session", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref refused);
                }
#pragma warning disable CA1031 // what a thread throws is the test's to tell
                catch (Exception e)
#pragma warning restore CA1031
                {
                    unexpected.Enqueue(e);
                }
            }
        })).ToArray();
        foreach (var worker in workers)
            worker.Start();
        foreach (var worker in workers)
            worker.Join();
        Assert.Empty(unexpected);
        Assert.NotEmpty(outputs);

        // Every step was done once: the outputs are those of as many steps, whoever took them away.
        using var alone = model.CreateSession(new() { BatchSize = batch, Threads = 1 });
        var (expected, kept, next) = (new List<string>(), new HashSet<SessionState<Echo>> { alone.GetState() }, new float[batch * 5]);
        for (var step = 0; step < outputs.Count; step++)
        {
            alone.Step(x, next);
            expected.Add(Text(next));
            kept.Add(alone.GetState());
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), outputs.Select(Text).Order(StringComparer.Ordinal));
        Assert.All(states, state => Assert.Contains(state, kept));
        Assert.Equal(alone.GetState(), session.GetState());
        session.Dispose();
        return refused;
    }

    private static string Text(float[] values) => Convert.ToHexString(MemoryMarshal.AsBytes(values.AsSpan()));
}
