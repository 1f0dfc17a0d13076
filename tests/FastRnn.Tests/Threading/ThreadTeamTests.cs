using FastRnn.Threading;

namespace FastRnn.Tests.Threading;

public sealed class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Every_worker_does_its_part_of_every_job(int threads)
    {
        using var team = new ThreadTeam(threads);
        var job = new CountingJob(threads);
        const int Jobs = 5000;
        for (var i = 1; i <= Jobs; i++)
        {
            team.Run(job);
            foreach (var count in job.Counts)
                Assert.Equal(i, count[0]);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_first_workers_do_a_job_of_so_many(int threads)
    {
        // Whoever is left out may be late: it must neither miss the next job of its own nor do one twice.
        using var team = new ThreadTeam(threads);
        var job = new CountingJob(threads);
        var expected = new int[threads];
        var random = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var count = random.Next(1, threads + 1);
            job.Told = count;
            team.Run(job, count);
            for (var worker = 0; worker < threads; worker++)
            {
                expected[worker] += worker < count ? 1 : 0;
                Assert.Equal(expected[worker], job.Counts[worker][0]);
            }
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 2)]
    public void An_exception_reaches_the_caller_and_the_team_stays_usable(int threads, int failing)
    {
        using var team = new ThreadTeam(threads);
        var counting = new CountingJob(threads);
        for (var i = 1; i <= 20; i++)
        {
            var exception = Assert.Throws<FormatException>(() => team.Run(new FailingJob(failing)));
            Assert.Equal($"worker {failing}", exception.Message);
            team.Run(counting);
            Assert.All(counting.Counts, c => Assert.Equal(i, c[0]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_job_may_not_run_another_on_its_team(int threads)
    {
        using var team = new ThreadTeam(threads);
        var exception = Assert.Throws<InvalidOperationException>(() => team.Run(new NestingJob(team)));
        Assert.Contains("already at work", exception.Message, StringComparison.Ordinal);
        team.Run(new CountingJob(threads));
    }

    [Fact]
    public async Task Two_threads_may_not_use_a_team_at_the_same_time()
    {
        using var team = new ThreadTeam(2);
        using var job = new BlockingJob();
        var first = Task.Run(() => team.Run(job));
        job.Started.Wait();
        Assert.Throws<InvalidOperationException>(() => team.Run(new CountingJob(2)));
        Assert.Throws<InvalidOperationException>(team.Dispose);
        job.MayEnd.Set();
        await first;
    }

    [Fact]
    public void A_caller_that_is_interrupted_waits_for_the_others_and_is_interrupted_afterwards()
    {
        using var team = new ThreadTeam(2);
        Exception? fromRun = null, afterwards = null;
        var (job, hadEnded) = (new InterruptingJob(), false);
        job.Caller = new Thread(() =>
        {
            fromRun = Record.Exception(() => team.Run(job));
            hadEnded = job.HasEnded;
            afterwards = Record.Exception(() => Thread.Sleep(Timeout.Infinite));
        });
        job.Caller.Start();
        job.Caller.Join();
        Assert.Null(fromRun);
        Assert.True(hadEnded, "The caller went on while a worker was at work in its memory");
        Assert.IsType<ThreadInterruptedException>(afterwards);
    }

    [Fact]
    public void A_caller_that_was_interrupted_during_a_job_still_ends_the_team()
    {
        for (var repetition = 0; repetition < 20; repetition++)
        {
            var team = new ThreadTeam(2);
            Exception? fromDispose = null, afterwards = null;
            var job = new InterruptingJob();
            job.Caller = new Thread(() =>
            {
                team.Run(job);
                fromDispose = Record.Exception(team.Dispose);
                afterwards = Record.Exception(() => Thread.Sleep(1));
            });
            job.Caller.Start();
            job.Caller.Join();
            Assert.Null(fromDispose);
            Assert.IsType<ThreadInterruptedException>(afterwards);
        }
    }

    [Fact]
    public void A_disposed_team_says_so_and_may_be_disposed_again()
    {
        var team = new ThreadTeam(3);
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.Run(new CountingJob(3)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void Impossible_sizes_are_refused(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThreadTeam(threads));

    private sealed class CountingJob(int workers) : ITeamJob
    {
        public int[][] Counts { get; } = [.. Enumerable.Range(0, workers).Select(_ => new int[64])];

        public int Told { get; set; } = workers;

        public void Execute(int worker, int workers)
        {
            if (workers == Told)
                Counts[worker][0]++;
        }
    }

    private sealed class FailingJob(int failing) : ITeamJob
    {
        public void Execute(int worker, int workers)
        {
            if (worker == failing)
                throw new FormatException($"worker {worker}");
        }
    }

    private sealed class NestingJob(ThreadTeam team) : ITeamJob
    {
        public void Execute(int worker, int workers)
        {
            if (worker == 0)
                team.Run(this);
        }
    }

    private sealed class InterruptingJob : ITeamJob
    {
        public Thread Caller { get; set; } = null!;

        public volatile bool HasEnded;

        public void Execute(int worker, int workers)
        {
            if (worker == 0)
                return;
            while (Caller.ThreadState != ThreadState.WaitSleepJoin)
                Thread.Yield();
            Caller.Interrupt();
            // Long enough for a caller that would not wait to be caught.
            for (var i = 0; i < 1000; i++)
                Thread.Yield();
            HasEnded = true;
        }
    }

    private sealed class BlockingJob : ITeamJob, IDisposable
    {
        public ManualResetEventSlim Started { get; } = new();

        public ManualResetEventSlim MayEnd { get; } = new();

        public void Execute(int worker, int workers)
        {
            Started.Set();
            MayEnd.Wait();
        }

        public void Dispose()
        {
            Started.Dispose();
            MayEnd.Dispose();
        }
    }
}
