using FastRnn.Training;

namespace FastRnn.Fuzz.Targets;

/// <summary><see cref="Trainer{TModel}.Restore"/>: a trainer's checkpoint.</summary>
internal sealed class TrainerTarget : RuntimeTarget
{
    private readonly Trainer<FuzzedText> trainer = Create();

    public override string Name => "trainer";

    public override string Reader => "Trainer.Restore";

    public override string Numbers() =>
        FuzzDigest.Of(Written(FileName, path => trainer.Save(path)), new Dictionary<string, string>());

    protected override void Read(string path) => trainer.Restore(path);

    protected override IReadOnlyList<FuzzSeed> MakeSeeds()
    {
        using var other = Create();
        int[] tokens = [0, 1, 2, 3, 4, 0];
        other.Step(tokens, tokens);
        return [.. Both(path => other.Save(path, new Dictionary<string, string> { ["text"] = "é" }))];
    }

    private static Trainer<FuzzedText> Create() => new FuzzedText(seed: 1).CreateTrainer(new()
    {
        BatchSize = 2,
        SequenceLength = 3,
        Optimizer = new AdamW(0.1f),
        Threads = 1,
    });
}
