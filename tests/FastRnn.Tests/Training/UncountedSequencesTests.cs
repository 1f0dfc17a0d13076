using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>Sequences whose weights are all 0 are no end of a run.</summary>
public sealed class UncountedSequencesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Sequences_that_do_not_count_are_read_and_change_no_loss(int batchesPerStep)
    {
        // In the order of the data set: two batches of which nothing counts come first, then one that does.
        var data = new SequenceDataset(SequenceFormat.Of(LoopText.Info));
        foreach (var weight in (float[])[0, 0, 1])
            data.Add(new() { Tokens = [1, 2, 3], TargetTokens = [2, 3, 4], Weights = [weight, weight, weight] });
        var batches = new ShuffledBatches(data, 1, seed: 3);
        using var trainer = new LoopText(seed: 3).CreateTrainer(new() { BatchSize = 1, SequenceLength = 3 });
        var reports = new List<TrainingProgress>();
        new TrainingLoop<LoopText>(trainer, batches, new() { Epochs = 4, BatchesPerStep = batchesPerStep }).Run(new Collector(reports));
        Assert.Equal(batchesPerStep == 1 ? 12 : 8, reports.Count);
        Assert.Equal(4, reports.Count(report => report.Result.Weight > 0));
        Assert.All(reports, report => Assert.Equal(report.Result.Weight > 0, report.Result.Loss > 0));
        foreach (var epoch in reports.GroupBy(report => report.Epoch))
            Assert.Equal(epoch.Sum(report => report.Result.LossPerPosition), epoch.Last().EpochLoss, 1e-12);
    }

    private sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
