using System.Runtime.ExceptionServices;

namespace FastRnn.Distributed;

/// <summary>Ranks that are threads of this process: the same training as by an MPI job, without one, to try it out or to look for a fault.
/// Nothing is faster by it, and what is sent is copied.</summary>
public static class LocalRanks
{
    /// <summary>The one rank of a program that nobody started several times.</summary>
    public static RankGroup Alone { get; } = new LocalRank(new LocalMail(1), 0);

    /// <summary>Runs a program on each of some ranks, and returns when all have ended.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="program">What each of them does. If it throws on one rank, waiting ranks end with
    /// <see cref="OperationCanceledException"/>, and the first exception is thrown here.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static void Run(int count, Action<RankGroup> program)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(program);
        var mail = new LocalMail(count);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() => Run(rank)) { Name = $"FastRnn rank {rank}" })];
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        if (mail.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        void Run(int rank)
        {
            try
            {
                program(new LocalRank(mail, rank));
            }
            catch (Exception e)
            {
                mail.Fail(e);
            }
        }
    }
}
