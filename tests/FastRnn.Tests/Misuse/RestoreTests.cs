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

    [Theory]
    [InlineData(0, "learning_rate 0.1 in place of 0.125, beta1 0.8 in place of 0.9")]
    [InlineData(1, "learning_rate 0.1 in place of 0.125, beta2 0.99 in place of 0.999, weight_decay 0.25 in place of 0.01")]
    [InlineData(2, "learning_rate 0.1 in place of 0.125, momentum 0.25 in place of 0.5")]
    [InlineData(3, "learning_rate 0.1 in place of 0.125, weight_decay 0.125 in place of 0")]
    public void All_numbers_of_the_optimizer_come_back_and_what_was_replaced_is_said(int kind, string replaced)
    {
        var path = folder.File("trainer");
        using (var trainer = Create(new LossOnTheCell(seed: 1), kind))
        {
            trainer.Options.Optimizer.LearningRate = 0.1f;
            switch (trainer.Options.Optimizer)
            {
                case Adam adam:
                    adam.Beta1 = 0.8f;
                    break;
                case AdamW adam:
                    (adam.Beta2, adam.WeightDecay) = (0.99f, 0.25f);
                    break;
                case Sgd { Nesterov: true } sgd:
                    sgd.WeightDecay = 0.125f;
                    break;
                case Sgd sgd:
                    sgd.Momentum = 0.25f;
                    break;
            }

            trainer.Save(path);
        }

        using var other = Create(new LossOnTheCell(seed: 1), kind);
        var texts = other.Restore(path);
        Assert.Equal(replaced, texts["fastrnn.replaced"]);

        // Now they are the same, and nothing is replaced.
        other.Save(path, texts);
        Assert.False(other.Restore(path).ContainsKey("fastrnn.replaced"));

        // They may go into any file.
        other.Model.Save(path, texts);
        Assert.False(ModelFile.ReadMetadata(path).ContainsKey("fastrnn.replaced"));
        Assert.Equal(replaced, texts["fastrnn.replaced"]);
    }

    [Theory]
    [InlineData("beta1=0.9", "beta1=1.5")]
    [InlineData("beta1=0.9", "beta1=NaN")]
    [InlineData("epsilon=1e-08", "epsilon=0")]
    [InlineData("epsilon=1e-08", "epsilon=many")]
    [InlineData(" epsilon=1e-08", "")]
    [InlineData("beta1", "beta3")]
    public void Numbers_that_no_optimizer_has_are_refused(string from, string to)
    {
        var path = folder.File("trainer");
        using (var trainer = Create(new LossOnTheCell(seed: 1), 0))
            trainer.Save(path);
        EditedFile.Replace(path, from, to);
        using var other = Create(new LossOnTheCell(seed: 2), 0);
        var before = other.Model.Parameters.ToArray();
        Assert.Contains("fastrnn.optimizer_numbers", Assert.Throws<ModelFileException>(() => other.Restore(path)).Message,
            StringComparison.Ordinal);
        Bits.AssertSame("parameters", before, other.Model.Parameters);
        Assert.Equal((0.125f, 0.9f), (other.Options.Optimizer.LearningRate, ((Adam)other.Options.Optimizer).Beta1));
    }

    [Fact]
    public void Another_batch_size_is_taken_where_no_state_is_carried()
    {
        var path = folder.File("trainer");
        using var written = Batched(2, carries: true);
        written.Step(new int[4], new int[4]);
        written.ResetState();
        written.Save(path);
        using (var other = Batched(3, carries: true))
        {
            other.Restore(path);
            Bits.AssertSame("parameters", written.Model.Parameters, other.Model.Parameters);
            other.Step(new int[6], new int[6]);
        }

        // Streams that go on are as many as they are, unless the trainer begins anew anyway.
        written.Step(new int[4], new int[4]);
        written.Save(path);
        using (var other = Batched(3, carries: true))
        {
            var refusal = Assert.Throws<ModelFileException>(() => other.Restore(path));
            Assert.Contains("batch size: it carries the states of 2 streams, expected 3", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("BatchSize = 2", refusal.Message, StringComparison.Ordinal);
        }

        using var anew = Batched(3, carries: false);
        anew.Restore(path);
        Bits.AssertSame("parameters", written.Model.Parameters, anew.Model.Parameters);

        static Trainer<EmbeddedText> Batched(int batch, bool carries) => new EmbeddedText(seed: batch).CreateTrainer(
            new() { BatchSize = batch, SequenceLength = 2, Threads = 1, CarryState = carries });
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
