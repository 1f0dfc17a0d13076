using System.Globalization;
using System.Runtime.InteropServices;

using FastRnn.Distributed.Tests.Models;

using Xunit.Abstractions;

namespace FastRnn.Distributed.Tests.Mpi;

/// <summary>Jobs of Open MPI on this machine.</summary>
public sealed class MpiTests(ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fastrnn-mpi-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [MpiTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void Windows_of_streams_have_the_bits_of_one_process(int ranks)
    {
        using var model = new StreamText(seed: 1);
        using var trainer = RankedRun.Stream(model, null);
        Compare(ranks, "stream", RankedRun.Train(trainer, RankedRun.Text(), steps: 12));
    }

    [MpiFact]
    public void Sequences_of_any_lengths_have_the_bits_of_one_process()
    {
        using var model = new PairTranslator(seed: 2);
        RankedRun.Translate(model, null, threads: 2, steps: 12);
        Compare(3, "pairs", [.. model.Parameters.ToArray().Select(value => (double)value)]);
    }

    /// <summary>A campaign of more steps and ranks: <see cref="LongRun"/>.</summary>
    [MpiTheory]
    [InlineData("reference")]
    [InlineData("attention")]
    public void Weights_after_many_steps_have_the_bits_of_one_process(string program)
    {
        var expected = LongRun.Hash(program, ranks: null, threads: 2);
        output.WriteLine($"{program}, one process of 2 threads: SHA-256 of the weights {expected}");
        foreach (var ranks in LongRun.IsCampaign ? (int[])[1, 2, 3, 4, 8] : [2])
        {
            MpiJob.Run(ranks, program, PathOf(program)).Succeeded();
            for (var rank = 0; rank < ranks; rank++)
            {
                Assert.Equal(expected, File.ReadAllText($"{PathOf(program)}.{rank}"));
            }

            output.WriteLine($"{program}, {ranks} ranks: the same on each of them");
        }
    }

    [MpiFact]
    public void A_job_whose_rank_was_killed_goes_on_with_another_number_of_ranks_to_the_same_file()
    {
        var (path, whole) = (PathOf("state"), PathOf("whole"));
        MpiJob.Run(1, "checkpoint", whole, "12").Succeeded();

        var killed = MpiJob.Run(3, "checkpoint", path, "10", "1");
        Assert.NotEqual(0, killed.ExitCode);
        Assert.Contains("process rank 1 with PID", killed.Output, StringComparison.Ordinal);
        Assert.Equal(["state", "whole"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());

        MpiJob.Run(2, "checkpoint", path, "12").Succeeded();
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(path));
    }

    /// <summary>A campaign: FASTRNN_KILLS says how many there are, FASTRNN_KILL_SEED which.</summary>
    [MpiFact]
    public void Ranks_that_are_killed_at_any_moment_leave_a_whole_checkpoint_and_nothing_else()
    {
        const int Steps = 150;
        var random = new Random(Setting("FASTRNN_KILL_SEED") ?? 1);
        var (path, whole) = (PathOf("state"), PathOf("whole"));
        MpiJob.Run(1, "checkpoint", whole, $"{Steps}").Succeeded();
        for (var kills = Setting("FASTRNN_KILLS") ?? 3; kills > 0;)
        {
            var ranks = random.Next(1, 5);
            var (killed, delay) = (random.Next(ranks), random.Next(1500));
            var job = MpiJob.Run(ranks, "campaign", path, $"{Steps}", $"{killed}", $"{delay}");
            if (job.ExitCode != 0)
            {
                Assert.Contains($"process rank {killed} with PID", job.Output, StringComparison.Ordinal);
                kills--;
                continue;
            }

            // It was faster. Once more from the begin.
            Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(path));
            File.Delete(path);
        }

        MpiJob.Run(2, "checkpoint", path, $"{Steps}").Succeeded();
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(path));
        Assert.Equal(["state", "whole"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [MpiFact]
    public void What_all_ranks_throw_is_said_once()
    {
        var other = MpiJob.Run(3, "other");
        Assert.NotEqual(0, other.ExitCode);
        Assert.Equal(1, other.Lines("Rank 1 of 3 has another set of weights than rank 0"));

        var nan = MpiJob.Run(2, "nan");
        Assert.NotEqual(0, nan.ExitCode);
        Assert.Equal(1, nan.Lines("Step 1: the loss is"));
    }

    [MpiFact]
    public void A_rank_that_fails_alone_says_which_it_is()
    {
        var failed = MpiJob.Run(2, "nothing");
        Assert.NotEqual(0, failed.ExitCode);
        Assert.Contains("failed: System.ArgumentException: 'nothing': expected", failed.Output, StringComparison.Ordinal);
    }

    [MpiFact]
    public void A_rank_that_gives_up_a_step_ends_the_job()
    {
        var broken = MpiJob.Run(3, "broken");
        Assert.NotEqual(0, broken.ExitCode);
        Assert.Equal(1, broken.Lines("Rank 2 of 3 is at another batch than rank 1"));
        Assert.Equal(1, broken.Lines("FastRnn: rank 2 of 3 gave up a step that others were in, so the job ends."));
    }

    [Fact]
    public void Who_was_not_started_by_mpirun_is_alone_and_needs_no_MPI()
    {
        Assert.False(MpiRanks.IsInJob);
        Assert.Equal((0, 1), (MpiRanks.Join().Rank, MpiRanks.Join().Count));
    }

    private void Compare(int ranks, string program, List<double> expected)
    {
        MpiJob.Run(ranks, program, PathOf(program)).Succeeded();
        for (var rank = 0; rank < ranks; rank++)
        {
            Same.Bits($"rank {rank} of {ranks}", expected,
                MemoryMarshal.Cast<byte, double>(File.ReadAllBytes($"{PathOf(program)}.{rank}")).ToArray());
        }
    }

    private static int? Setting(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : null;

    private string PathOf(string name) => Path.Combine(folder, name);
}
