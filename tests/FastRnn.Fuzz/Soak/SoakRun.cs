using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Fuzz.Soak;

/// <summary>A run of training that stops at marks, and all that belongs to it.</summary>
internal sealed class SoakRun : IDisposable
{
    private readonly SoakedLearner model = new(seed: 1);
    private readonly Trainer<SoakedLearner> trainer;
    private readonly TrainingLoop<SoakedLearner> loop;

    /// <summary>Begins, or goes on from a file.</summary>
    /// <param name="data">What is learned.</param>
    /// <param name="steps">Where the run ends: its learning rate follows from that.</param>
    /// <param name="checkpoint">What is written at each mark.</param>
    /// <param name="from">The file to go on from; null for a new run.</param>
    /// <param name="every">Steps from one checkpoint to the next, besides that of the mark.</param>
    public SoakRun(SequenceDataset data, long steps, string checkpoint, string? from, int every = int.MaxValue)
    {
        trainer = model.CreateTrainer(new()
        {
            BatchSize = SoakData.Batch,
            SequenceLength = data.MaxLength,
            Optimizer = new Adam(1e-3f),
            ClipNorm = 1,
            Threads = 1,
        });
        loop = new(trainer, new ShuffledBatches(data, SoakData.Batch, seed: 3), new()
        {
            Steps = steps,
            Schedule = new Warmup(new CosineDecay(2e-3, steps, 1e-4), 1000),
            CheckpointPath = checkpoint,
            CheckpointEvery = every,
        });
        if (from is not null)
            loop.Resume(from);
    }

    public long Step => trainer.StepCount;

    /// <summary>Goes on to a mark, and writes the checkpoint there.</summary>
    /// <returns>The mean loss of the epoch so far.</returns>
    public double Run(long mark)
    {
        using var stop = new CancellationTokenSource();
        var loss = 0.0;
        loop.Run(
            progress =>
            {
                loss = progress.EpochLoss;
                if (progress.Step == mark)
                    stop.Cancel();
            },
            stop.Token);
        return loss;
    }

    public void Dispose()
    {
        trainer.Dispose();
        model.Dispose();
    }
}
