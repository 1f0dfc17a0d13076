using System.Collections.Concurrent;

using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Sessions;

/// <summary>One model serves any number of sessions on any number of threads: each gives the bits that it gives alone.</summary>
public sealed class SharedModelTests
{
    private const int Threads = 8;
    private const int Rounds = 6;

    [Fact]
    public void A_chain_of_vectors() => Check<PianoRoll>();

    [Fact]
    public void A_chain_of_tokens() => Check<SpokenStack>();

    [Fact]
    public void A_large_chain() => Check<LargeStack>();

    [Fact]
    public void A_model_that_is_more_than_a_chain() => Check<DroppedStream>();

    private static void Check<TModel>()
        where TModel : class, IModel<TModel>
    {
        var model = StreamInput<TModel>.Model();
        var formats = Enum.GetValues<WeightFormat>();
        var inputs = Enumerable.Range(0, Threads).Select(i => new StreamInput<TModel>(50 + i, seed: i)).ToArray();
        var alone = inputs.Select((input, i) => input.Run(model, formats[i % formats.Length])).ToArray();
        var failures = new ConcurrentQueue<Exception>();
        using var together = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            try
            {
                together.SignalAndWait();
                for (var round = 0; round < Rounds; round++)
                {
                    // Sessions come and go all the time, some of them with threads of their own.
                    using var session = new Session<TModel>(
                        model, new() { BatchSize = 1 + (round % 3), Threads = 1 + (round % 2), Weights = formats[i % formats.Length] });
                    var (random, row, y) = (new Random(i), round % session.BatchSize, new List<float>());
                    for (int t = 0, steps; t < inputs[i].Steps; t += steps)
                    {
                        steps = Math.Min(random.Next(1, 9), inputs[i].Steps - t);
                        y.AddRange(inputs[i].Step(session, row, t, steps, random));
                    }

                    var state = new SessionState<TModel>();
                    session.GetStream(row, state);
                    Bits.AssertSame($"thread {i}, round {round}", alone[i].Y, [.. y]);
                    Assert.Equal(alone[i].State, state);
                }
            }
#pragma warning disable CA1031 // what a thread throws is the test's to tell
            catch (Exception e)
#pragma warning restore CA1031
            {
                failures.Enqueue(e);
            }
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Assert.Empty(failures);
    }

    [Fact]
    public void Any_number_of_sessions_that_ask_for_no_threads_share_those_of_the_process()
    {
        const int Count = 60;
        var model = new LargeText(seed: 1);
        var (y, expected) = (new float[LargeText.Info.OutputSize], new float[LargeText.Info.OutputSize]);
        using (var alone = model.CreateSession(new() { Threads = 1 }))
        {
            alone.Step(1, expected);
            alone.Step(2, expected);
        }

        using (var first = model.CreateSession())
            first.Step(1, y);
        var before = Workers();
        var sessions = Enumerable.Range(0, Count).Select(_ => model.CreateSession()).ToList();
        foreach (var session in sessions)
            session.Step(1, y);
        Assert.Equal(before, Workers());

        // Two threads at once take turns.
        Parallel.ForEach(sessions, new ParallelOptions { MaxDegreeOfParallelism = 4 }, session =>
        {
            var own = new float[LargeText.Info.OutputSize];
            session.Step(2, own);
            Bits.AssertSame("y", expected, own);
        });
        Assert.Equal(before, Workers());
        sessions.ForEach(session => session.Dispose());

        // Whoever is disposed of leaves the others their threads.
        using var last = model.CreateSession();
        last.Step(1, y);
        last.Step(2, y);
        Bits.AssertSame("y", expected, y);
    }

    /// <summary>Threads of teams; 0 where the system does not tell names.</summary>
    private static int Workers() => !OperatingSystem.IsLinux() ? 0
        : Directory.GetDirectories("/proc/self/task").Count(task => ReadName(task).StartsWith("FastRnn shared", StringComparison.Ordinal));

    private static string ReadName(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
