using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Fuzz.Targets;

/// <summary><see cref="TrainingLoop{TModel}.Resume"/>: the checkpoint of a run.</summary>
internal sealed class LoopTarget : RuntimeTarget
{
    private readonly Trainer<FuzzedText> trainer = Create();
    private readonly ShuffledBatches batches = Batches();
    private readonly TrainingLoop<FuzzedText> loop;

    public LoopTarget() => loop = new(trainer, batches, Options(null));

    public override string Name => "loop";

    public override string Reader => "TrainingLoop.Resume";

    public override string Numbers() => FuzzDigest.Of(
        Written(FileName, path => trainer.Save(path)),
        new Dictionary<string, string> { ["position"] = batches.Position.ToString(null, null) });

    protected override void Read(string path) => loop.Resume(path);

    protected override IReadOnlyList<FuzzSeed> MakeSeeds() => [.. Both(path =>
    {
        using var other = Create();
        new TrainingLoop<FuzzedText>(other, Batches(), Options(path)).Run();
    })];

    private static Trainer<FuzzedText> Create() => new FuzzedText(seed: 1).CreateTrainer(new()
    {
        BatchSize = 3,
        SequenceLength = 6,
        Optimizer = new Sgd(0.1f, momentum: 0.9f),
        Threads = 1,
    });

    private static ShuffledBatches Batches()
    {
        var data = new SequenceDataset(SequenceFormat.Of(FuzzedText.Info));
        for (var length = 2; length < 7; length++)
        {
            int[] tokens = [.. Enumerable.Range(0, length).Select(i => i % 5)];
            data.Add(new() { Tokens = tokens, TargetTokens = tokens });
        }

        return new ShuffledBatches(data, 3, seed: 7);
    }

    private static TrainingLoopOptions Options(string? checkpoint)
    {
        var loss = 4.0;
        return new()
        {
            Steps = 7,
            Schedule = new Warmup(new ReduceOnPlateau(0.5, factor: 0.5, patience: 0, threshold: 0.05), 2),
            Validate = () => loss -= 0.5,
            ValidateEvery = 2,
            EarlyStopping = new EarlyStopping(3),
            CheckpointPath = checkpoint,
        };
    }
}
