using FastRnn.Files;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Misuse;

public sealed class RestoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<int, int> Others => new() { { 0, 1 }, { 1, 0 }, { 2, 3 }, { 3, 2 }, { 4, 0 }, { 0, 4 }, { 2, 4 } };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Others))]
    public void A_checkpoint_of_another_kind_of_optimizer_is_refused_and_changes_nothing(int written, int read)
    {
        var path = folder.File("trainer");
        var model = new LossOnTheCell(seed: 1);
        using (var trainer = Create(new LossOnTheCell(seed: 2), written))
            trainer.Save(path);

        using var other = Create(model, read);
        var before = model.Parameters.ToArray();
        var refusal = Assert.Throws<ModelFileException>(() => other.Restore(path));

        Assert.Contains("another optimizer", refusal.Message, StringComparison.Ordinal);
        Bits.AssertSame("parameters", before, model.Parameters);
        Assert.Equal(0.125f, other.Options.Optimizer.LearningRate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_learning_rate_comes_back(int kind)
    {
        var path = folder.File("trainer");
        using var trainer = Create(new LossOnTheCell(seed: 1), kind);
        trainer.Options.Optimizer.LearningRate = 0.1f;
        trainer.Save(path);
        trainer.Options.Optimizer.LearningRate = 0.2f;
        var texts = trainer.Restore(path);
        Assert.Equal(0.1f, trainer.Options.Optimizer.LearningRate);

        // Texts that came from a file may go into the next one.
        trainer.Save(path, texts);
        trainer.Restore(path);
    }

    private static Trainer<LossOnTheCell> Create(LossOnTheCell model, int kind) => model.CreateTrainer(new()
    {
        Threads = 1,
        Optimizer = kind switch
        {
            0 => new Adam(0.125f),
            1 => new AdamW(0.125f),
            2 => new Sgd(0.125f, momentum: 0.5f),
            3 => new Sgd(0.125f, momentum: 0.5f, nesterov: true),
            _ => new Sgd(0.125f),
        },
    });
}
