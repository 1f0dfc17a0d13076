using FastRnn.Files;
using FastRnn.Tests.Allocation;
using FastRnn.Tests.Before;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>Frozen parameters, rates and weight decay by groups: each parameter gets the bits that a trainer of all of them with its
/// numbers would give it.</summary>
public sealed class ParameterGroupTests : IDisposable
{
    private static readonly Func<float, float, Optimizer>[] Optimizers =
    [
        (rate, decay) => new Sgd(rate, momentum: 0.9f, weightDecay: decay),
        (rate, decay) => new AdamW(rate, weightDecay: decay),
    ];

    private static readonly TrainedParameter[] All = [.. TrainedParameter.Of(BeforeVectors.Info).Select(p => p.Parameter)];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<int, int, SimdWidth> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, SimdWidth>();
            foreach (var width in TestWidths.All)
            {
                cases.Add(0, 1, width);
                cases.Add(1, 3, width);
            }

            return cases;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_parameter_gets_the_bits_of_its_own_numbers(int optimizer, int threads, SimdWidth width)
    {
        var create = Optimizers[optimizer];
        var (first, plain, slow, bare) = (
            new BeforeVectors(seed: 3).Parameters.ToArray(),
            Step(create(0.1f, 0.2f), [], threads, width),
            Step(create(0.1f * 0.3f, 0.2f), [], threads, width),
            Step(create(0.1f, 0), [], threads, width));
        var got = Step(
            create(0.1f, 0.2f),
            [
                new("0.*") { LearningRateFactor = 0.3f }, new("weight_hh_l1") { IsFrozen = true },
                ParameterGroup.Vectors with { WeightDecay = 0 }, new("0.b*") { LearningRateFactor = 1 },
            ],
            threads, width);

        foreach (var (parameter, offset) in TrainedParameter.Of(BeforeVectors.Info))
        {
            var expected = parameter.Tensors.Contains("weight_hh_l1") ? first
                : parameter.IsVector ? bare
                : parameter.Layer == 0 ? slow
                : plain;
            Bits.AssertSame(parameter.Name, expected.AsSpan(offset, parameter.Count), got.AsSpan(offset, parameter.Count));
            Assert.False(slow.AsSpan(offset, parameter.Count).SequenceEqual(plain.AsSpan(offset, parameter.Count)), parameter.Name);
        }
    }

    [Fact]
    public void A_frozen_parameter_counts_neither_in_the_norm_nor_in_what_the_optimizer_remembers()
    {
        using var model = new BeforeVectors(seed: 3);
        using var trainer = model.CreateTrainer(Options(new Adam(), [new("0.*") { IsFrozen = true }], threads: 2));
        using var whole = model.CreateTrainer(Options(new Adam(), [], threads: 2));
        Batch(out var x, out var targets);
        trainer.Accumulate(new() { X = x, Targets = targets });
        whole.Accumulate(new() { X = x, Targets = targets });
        var gradients = whole.Gradients.ToArray();
        Bits.AssertSame("gradients", gradients, trainer.Gradients);
        var from = BeforeVectors.Info.Layers[1].ParameterOffset;
        var norm = trainer.Update();
        Assert.Equal(Math.Sqrt(gradients[from..].Sum(g => (double)g * g)), norm, 1e-9 * norm);
        Assert.True(whole.Update() > norm);

        trainer.Save(folder.File("checkpoint"));
        using var checkpoint = Checkpoint.Open(folder.File("checkpoint"), BeforeVectors.Info);
        var moments = checkpoint.ReadFinite("trainer.moment0", BeforeVectors.Info.ParameterCount);
        Assert.All(moments[..from], m => Assert.Equal(0, m));
        Assert.Contains(moments[from..], m => m != 0);
    }

    [Fact]
    public void A_run_goes_on_with_its_groups_alone()
    {
        var path = folder.File("checkpoint");
        var vectors = ParameterGroup.Vectors with { WeightDecay = 0 };
        Batch(out var x, out var targets);
        using var model = new BeforeVectors(seed: 3);
        using var trainer = model.CreateTrainer(Options(new AdamW(), [new("0.W") { IsFrozen = true }, vectors], threads: 1));
        trainer.Step(x, targets);
        trainer.Save(path);

        using var other = new BeforeVectors(seed: 4);
        using (var without = other.CreateTrainer(Options(new AdamW(), [], threads: 1)))
        {
            var message = Assert.Throws<ModelFileException>(() => without.Restore(path)).Message;
            Assert.Contains("other groups of parameters: expected none, got '0.W frozen; 0.b weight_decay=0;", message,
                StringComparison.Ordinal);
            Assert.EndsWith("give the trainer the Groups of that run", message, StringComparison.Ordinal);
        }

        using var same = other.CreateTrainer(Options(new AdamW(), [vectors, new("0.W") { IsFrozen = true }], threads: 1));
        same.Restore(path);
        trainer.Step(x, targets);
        same.Step(x, targets);
        Bits.AssertSame("parameters", model.Parameters, other.Parameters);

        // And what was written without groups is for a trainer without.
        using var plain = model.CreateTrainer(Options(new AdamW(), [], threads: 1));
        plain.Save(path);
        var refused = Assert.Throws<ModelFileException>(() => same.Restore(path)).Message;
        Assert.Contains("expected '0.W frozen", refused, StringComparison.Ordinal);
        plain.Restore(path);
    }

    [Fact]
    public void What_cannot_be_meant_is_refused()
    {
        Refused("Groups: 'weights' names no parameter of BeforeVectors, which has 0.W, 0.U, 0.b, 1.", new("weights") { IsFrozen = true });
        Refused("Groups: 'vectors' sets nothing", ParameterGroup.Vectors);
        Refused("Groups: LearningRateFactor of '*': expected a finite number, at least 0, got -1.", new("*") { LearningRateFactor = -1 });
        Refused("Groups: WeightDecay of '*': expected a finite number, at least 0, got NaN.", new("*") { WeightDecay = float.NaN });
        Refused("Groups: 'vectors' sets WeightDecay, and Adam has none", ParameterGroup.Vectors with { WeightDecay = 0 });
        Refused("Groups: all parameters of BeforeVectors are frozen", new("all", _ => true) { IsFrozen = true });
        Assert.Throws<ArgumentException>(() => new ParameterGroup(" "));

        static void Refused(string message, ParameterGroup group)
        {
            using var model = new BeforeVectors(seed: 1);
            var refused = Assert.Throws<ArgumentException>(() => model.CreateTrainer(Options(new Adam(), [group], threads: 1)));
            Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_are_those_of_fields_and_of_files()
    {
        Assert.Equal(["0.W", "0.U", "0.b"], All.Where(p => p.Layer == 0).Select(p => p.Name));
        Assert.Equal([false, false, true], All.Where(p => p.Layer == 0).Select(p => p.IsVector));
        Assert.Equal(["bias_ih_l0", "bias_hh_l0"], All.Single(p => p.Name == "0.b").Tensors);
        Assert.Equal(BeforeVectors.Info.ParameterCount, All.Sum(p => p.Count));
        var text = TrainedParameter.Of(BeforeText.Info)[0].Parameter;
        Assert.Equal(("embedding", -1, "Embedding"), (text.Name, text.Layer, text.Cell));
        Assert.True(new ParameterGroup("embedding*").Has(text));
    }

    [Fact]
    public void Each_table_of_several_is_a_parameter_of_its_own()
    {
        Assert.Equal(
            [("embedding0", 0, 28), ("embedding1", 28, 18)],
            TrainedParameter.Of(MixedTagger.Info).Where(p => p.Parameter.Layer < 0)
                .Select(p => (p.Parameter.Name, p.Offset, p.Parameter.Count)));
        Assert.Equal(
            ["decoder.embedding0", "decoder.embedding1", "encoder.embedding"],
            TrainedParameter.Of(MixedTranslator.Info).Where(p => p.Parameter.Layer < 0).Select(p => p.Parameter.Name));

        using var model = new MixedTagger(seed: 3);
        var before = model.Parameters.ToArray();
        using var trainer = model.CreateTrainer(
            new() { BatchSize = 1, SequenceLength = 2, Optimizer = new Sgd(0.1f), Groups = [new("embedding1") { IsFrozen = true }] });
        trainer.Step(FastRnn.Data.Inputs.Of([1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 0]), new[] { 1, 0 });
        Assert.Equal(before[28..46], model.Parameters[28..46].ToArray());
        Assert.NotEqual(before[..28], model.Parameters[..28].ToArray());
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        Batch(out var x, out var targets);
        using var model = new BeforeVectors(seed: 3);
        using var trainer = model.CreateTrainer(
            Options(new AdamW(), [new("0.W") { IsFrozen = true }, new("1.*") { LearningRateFactor = 0.5f }], threads: 2));
        for (var i = 0; i < 3; i++)
            trainer.Step(x, targets);
        Assert.Equal(0, OwnThread.LeastAllocated(() => trainer.Step(x, targets), rounds: 20));
    }

    private static float[] Step(Optimizer optimizer, ParameterGroup[] groups, int threads, SimdWidth width)
    {
        using var model = new BeforeVectors(seed: 3, width);
        using var trainer = model.CreateTrainer(Options(optimizer, groups, threads));
        Batch(out var x, out var targets);
        trainer.Step(x, targets);
        var parameters = model.Parameters.ToArray();

        // What kernels read has followed.
        using var evaluator = model.CreateEvaluator(new() { BatchSize = 4, SequenceLength = 6 });
        using var copy = new BeforeVectors(seed: 0, width);
        using (var edit = copy.Edit())
            parameters.CopyTo(edit.Parameters);
        using var expected = copy.CreateEvaluator(new() { BatchSize = 4, SequenceLength = 6 });
        Assert.Equal(expected.LossSum(x, targets), evaluator.LossSum(x, targets));
        return parameters;
    }

    private static TrainerOptions Options(Optimizer optimizer, ParameterGroup[] groups, int threads) =>
        new() { BatchSize = 4, SequenceLength = 6, Optimizer = optimizer, Groups = groups, Threads = threads };

    private static void Batch(out float[] x, out float[] targets)
    {
        var experiment = Experiment.Random(BeforeVectors.Info, steps: 6, batch: 4, seed: 7);
        (x, targets) = (experiment.X, TestTargets.Random(BeforeVectors.Info, 24, seed: 8).Vectors);
    }
}
