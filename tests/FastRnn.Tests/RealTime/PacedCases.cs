using FastRnn.Tests.Allocation;

namespace FastRnn.Tests.RealTime;

/// <summary>What an audio callback does.</summary>
internal static class PacedCases
{
    private const int Block = 64;

    public static IEnumerable<SteadyState> All =>
        from value in (float[])[0.3f, 0, 1e-38f]
        select new SteadyState(FormattableString.Invariant($"A callback, {value}"), () =>
        {
            var session = new LstmPedal(seed: 1).CreateSession(new() { Threads = 1 });
            var (x, y) = (new float[Block], new float[Block]);
            Array.Fill(x, value);
            return (session, () =>
            {
                // As long as it takes until the next block is there.
                Thread.Yield();
                session.Run(x, y);
                session.Step(x.AsSpan(0, 1), y.AsSpan(0, 1));
            }
            );
        });
}
