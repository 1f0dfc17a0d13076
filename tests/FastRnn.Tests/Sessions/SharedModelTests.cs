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
}
