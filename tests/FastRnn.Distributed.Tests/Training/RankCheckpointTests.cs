using FastRnn.Distributed.Tests.Models;
using FastRnn.Files;

namespace FastRnn.Distributed.Tests.Training;

/// <summary>A run that stops and goes on with another number of ranks.</summary>
public sealed class RankCheckpointTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fastrnn-ranks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_checkpoint_goes_on_with_any_number_of_ranks_and_is_the_file_of_one_process()
    {
        var whole = Run(null, from: null, steps: 14, "whole");
        var before = Run(null, from: null, steps: 6, "one");
        LocalRanks.Run(3, group => Same.Bits($"rank {group.Rank} of 3", before, Run(group, from: null, steps: 6, "three")));
        Assert.Equal(File.ReadAllBytes(PathOf("one")), File.ReadAllBytes(PathOf("three")));
        Assert.Equal(["one", "three", "whole"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        foreach (var ranks in (int[])[2, 5])
        {
            LocalRanks.Run(ranks, group => Same.Bits($"rank {group.Rank} of {ranks}", whole, Run(group, "three", steps: 14, "resumed")));
            Assert.Equal(File.ReadAllBytes(PathOf("whole")), File.ReadAllBytes(PathOf("resumed")));
        }

        Same.Bits("one process", whole, Run(null, "three", steps: 14, "resumed"));
    }

    [Fact]
    public void A_file_that_rank_0_cannot_write_is_an_exception_on_all_ranks()
    {
        var failed = 0;
        LocalRanks.Run(3, group =>
        {
            using var model = new StreamText(seed: 1);
            using var trainer = RankedRun.Stream(model, group);
            var path = Path.Combine(folder, "missing", "file");
            var exception = Assert.Throws<ModelFileException>(() => trainer.Save(path));
            Assert.Contains(group.IsFirst ? path : "rank 0 could not write it", exception.Message, StringComparison.Ordinal);
            Interlocked.Increment(ref failed);
        });
        Assert.Equal(3, failed);
    }

    private List<double> Run(RankGroup? group, string? from, int steps, string to)
    {
        using var model = new StreamText(seed: 1);
        using var trainer = RankedRun.Stream(model, group);
        var loop = trainer.CreateLoop(RankedRun.Text(), new() { Steps = steps, CheckpointPath = PathOf(to) });
        if (from is not null)
        {
            loop.Resume(PathOf(from));
        }

        loop.Run();
        return [.. model.Parameters.ToArray().Select(value => (double)value)];
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
