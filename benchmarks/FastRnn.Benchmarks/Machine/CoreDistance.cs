using System.Diagnostics;
using System.Numerics.Tensors;

using FastRnn.CompilerServices;

namespace FastRnn.Benchmarks.Machine;

/// <summary>How far two cores are from each other, which decides what a second thread brings to a small pass: weight gradients read what
/// both cores have written, and the next step writes there again. Cores of one cluster are near; where a system puts the virtual
/// processors of a machine is its own affair, and may change.</summary>
/// <param name="RoundTrip">Nanoseconds until a word that one core writes is answered by the other.</param>
/// <param name="OwnWrite">Nanoseconds for a line that no other core knows.</param>
/// <param name="SharedWrite">Nanoseconds for a line that the other core has read.</param>
internal sealed record CoreDistance(double RoundTrip, double OwnWrite, double SharedWrite)
{
    private const int Trips = 20_000;
    private const int Floats = 1 << 15;

    /// <summary>The least of some rounds.</summary>
    public static CoreDistance Measure(int rounds)
    {
        var words = new Words();
        var other = new Thread(() => Answer(words, rounds)) { IsBackground = true };
        other.Start();
        var (trip, own, shared) = (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
        for (var round = 0; round < rounds; round++)
        {
            var begin = Stopwatch.GetTimestamp();
            for (var i = 0; i < Trips; i++)
                words.Ask();
            trip = Math.Min(trip, Nanoseconds(begin) / Trips);

            Write(words, round);
            own = Math.Min(own, Write(words, round + 0.5f));

            // The other core reads all of it meanwhile.
            words.Ask();
            shared = Math.Min(shared, Write(words, round + 0.25f));
        }

        other.Join();
        return new CoreDistance(trip, own, shared);
    }

    private static void Answer(Words words, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < Trips; i++)
                words.Reply(() => 0);
            words.Reply(() => TensorPrimitives.Sum<float>(words.Lines));
        }
    }

    /// <summary>Nanoseconds a line.</summary>
    private static double Write(Words words, float value)
    {
        var begin = Stopwatch.GetTimestamp();
        words.Lines.AsSpan().Fill(value);
        return Nanoseconds(begin) * CacheHint.LineFloats / Floats;
    }

    private static double Nanoseconds(long begin) => Stopwatch.GetElapsedTime(begin).TotalNanoseconds;

    /// <summary>A question and an answer, each on lines of its own, and what is written and read.</summary>
    private sealed class Words
    {
        private const int Distance = 64;
        private readonly int[] words = new int[3 * Distance];

        public float[] Lines { get; } = GC.AllocateArray<float>(Floats, pinned: true);

        /// <summary>Of what the other core has computed.</summary>
        public float Result { get; private set; }

        public void Ask()
        {
            var number = words[Distance] + 1;
            Volatile.Write(ref words[Distance], number);
            while (Volatile.Read(ref words[2 * Distance]) != number)
            {
            }
        }

        public void Reply(Func<float> work)
        {
            var number = words[2 * Distance] + 1;
            while (Volatile.Read(ref words[Distance]) != number)
            {
            }

            Result = work();
            Volatile.Write(ref words[2 * Distance], number);
        }
    }
}
