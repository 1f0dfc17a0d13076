using FastRnn.Compiler.Tests.Declarations;
using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Compiler.Tests;

/// <summary>What belongs to training, without the class: checked gradients, groups, optimizers of one's own, metrics.</summary>
public sealed class TrainingTests : IDisposable
{
    private readonly CompiledDeclaration declaration = Texts.Compile<Chain>();

    public void Dispose() => declaration.Dispose();

    [Fact]
    public void Gradients_are_those_of_the_equations()
    {
        using var model = declaration.Create(seed: 2);
        var result = model.CheckGradients(new() { Elements = 3 });
        Assert.True(result.IsRight, result.ToString());
        Assert.InRange(result.Derivatives, 50, 500);
    }

    [Fact]
    public void Groups_and_an_own_optimizer_have_the_bits_of_the_declared_model()
    {
        var text = Texts.Tokens(400, 11);
        using var declared = new Chain(seed: 2);
        using var model = declaration.Create(seed: 2);
        using var expected = declared.CreateTrainer(Options());
        using var actual = model.CreateTrainer(Options());
        using var evaluator = model.CreateEvaluator(new() { BatchSize = 2, SequenceLength = 8 });
        expected.CreateLoop(new ContiguousStreams(text, 2, 8), new() { Steps = 6 }).Run();
        var told = new List<double>();
        var ending = actual.CreateLoop(new ContiguousStreams(text, 2, 8), new()
        {
            Steps = 6,
            ValidateEvery = 3,
            Measure = metrics => evaluator.MeanLoss(new ContiguousStreams(text, 2, 8), metrics),
            Metrics = [Metric.Accuracy],
        }).Run(at => told.Add(at.Validation?.Metrics["accuracy"] ?? -1));
        Texts.SameBits(declared.Parameters, model.Parameters);
        Assert.Equal(new Chain(seed: 2).Parameter(0, "Wi").ToArray(), model.Parameter(0, "Wi").ToArray());
        Assert.Equal([3L, 6], ending.History.Select(result => result.Step));
        Assert.Equal([-1, -1, told[2], told[2], told[2], ending.History[1].Metrics["accuracy"]], told);

        static TrainerOptions Options() => new()
        {
            BatchSize = 2,
            SequenceLength = 8,
            Optimizer = new SignSgd(1e-3f),
            Groups = [new("0.Wi") { IsFrozen = true }, new("embedding") { LearningRateFactor = 0.5f }],
        };
    }

    private sealed class SignSgd(float rate) : CustomOptimizer(rate, stateSlots: 0)
    {
        protected override void Step(in OptimizerStep step)
        {
            for (var i = 0; i < step.Parameters.Length; i++)
            {
                step.Parameters[i] -= step.LearningRate * Math.Sign(step.Gradients[i]);
            }
        }
    }
}
