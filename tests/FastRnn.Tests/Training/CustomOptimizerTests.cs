using FastRnn.Files;
using FastRnn.Tests.Allocation;
using FastRnn.Tests.Before;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>Optimizers as a user writes them, against their formulas in double, with the gradients that the trainer made.</summary>
public sealed class CustomOptimizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The formula of one parameter: (parameter, gradient, states, step) to the parameter.</summary>
    private delegate double Formula(double p, double g, double[] states, int step);

    public static TheoryData<string> Names => ["rmsprop", "lion"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_are_those_of_the_formulas_in_double(string name)
    {
        Batch(out var x, out var targets);
        using var model = new BeforeVectors(seed: 3);
        using var trainer = model.CreateTrainer(Options(Create(name), threads: 2) with { ClipNorm = 0.5f });
        var expected = Array.ConvertAll(model.Parameters.ToArray(), p => (double)p);
        var states = expected.Select(_ => new double[2]).ToArray();
        for (var step = 1; step <= 8; step++)
        {
            trainer.Accumulate(new() { X = x, Targets = targets });
            var gradients = trainer.Gradients.ToArray();
            var norm = trainer.Update();
            var clip = Math.Min(1, 0.5 / (norm + 1e-6));
            for (var i = 0; i < expected.Length; i++)
            {
                expected[i] = FormulaOf(name)(expected[i], clip * gradients[i], states[i], step);
                Assert.Equal(expected[i], model.Parameters[i], 3e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_and_widths_change_no_bit_and_nothing_is_allocated(string name)
    {
        Batch(out var x, out var targets);
        var seen = new List<float[]>();
        foreach (var width in TestWidths.All)
        {
            foreach (var threads in (int[])[1, 3])
            {
                using var model = new BeforeVectors(seed: 3, width);
                using var trainer = model.CreateTrainer(Options(Create(name), threads));
                for (var i = 0; i < 3; i++)
                    trainer.Step(x, targets);
                seen.Add(model.Parameters.ToArray());
                Assert.Equal(0, OwnThread.LeastAllocated(() => trainer.Step(x, targets), rounds: 20));
            }
        }

        Assert.All(seen, parameters => Bits.AssertSame("parameters", seen[0], parameters));
    }

    [Fact]
    public void A_checkpoint_holds_its_states_and_numbers()
    {
        var path = folder.File("checkpoint");
        Batch(out var x, out var targets);
        using var model = new BeforeVectors(seed: 3);
        using var trainer = model.CreateTrainer(Options(new RmsProp(0.01f, alpha: 0.8f), threads: 1));
        trainer.Step(x, targets);
        trainer.Save(path);
        trainer.Step(x, targets);

        using var resumed = new BeforeVectors(seed: 4);
        var optimizer = new RmsProp(0.3f, alpha: 0.99f);
        using var other = resumed.CreateTrainer(Options(optimizer, threads: 1));
        Assert.Equal("learning_rate 0.01 in place of 0.3, alpha 0.8 in place of 0.99", other.Restore(path)["fastrnn.replaced"]);
        Assert.Equal((0.01f, 0.8f), (optimizer.LearningRate, optimizer["alpha"]));
        other.Step(x, targets);
        Bits.AssertSame("parameters", model.Parameters, resumed.Parameters);

        using var lion = resumed.CreateTrainer(Options(new Lion(0.01f), threads: 1));
        Assert.Contains(
            "another optimizer", Assert.Throws<ModelFileException>(() => lion.Restore(path)).Message, StringComparison.Ordinal);

        // An optimizer without numbers, and without states.
        using var sign = resumed.CreateTrainer(Options(new SignSgd(0.01f), threads: 1));
        sign.Step(x, targets);
        sign.Save(path);
        sign.Restore(path);
    }

    [Fact]
    public void Groups_hold_for_it_too()
    {
        Batch(out var x, out var targets);
        using var model = new BeforeVectors(seed: 3);
        var before = model.Parameters.ToArray();
        var options = Options(new Lion(0.01f), threads: 2) with
        {
            Groups = [new("1.*") { IsFrozen = true }, new("0.b") { LearningRateFactor = 10, WeightDecay = 0 }],
        };
        using var trainer = model.CreateTrainer(options);
        trainer.Step(x, targets);
        foreach (var (parameter, offset) in TrainedParameter.Of(BeforeVectors.Info))
        {
            for (var i = offset; i < offset + parameter.Count; i++)
            {
                var moved = Math.Abs(model.Parameters[i] - before[i] * (parameter.Name == "0.b" ? 1 : 1 - 0.01 * 0.5));
                Assert.Equal(parameter.Layer == 1 ? Math.Abs(0.01 * 0.5 * before[i]) : parameter.Name == "0.b" ? 0.1 : 0.01, moved, 1e-6);
            }
        }
    }

    [Fact]
    public void A_failure_in_it_is_told_and_numbers_are_checked()
    {
        Batch(out var x, out var targets);
        using var model = new BeforeVectors(seed: 3);
        using var trainer = model.CreateTrainer(Options(new Failing(), threads: 2));
        Assert.Equal("own", Assert.Throws<InvalidOperationException>(() => trainer.Step(x, targets)).Message);
        Assert.Throws<ArgumentException>(() => new Lion(0.1f)["gamma"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(0.1f, float.NaN));
        Assert.Throws<ArgumentException>(() => new Named("a b"));
        Assert.Throws<ArgumentException>(() => new Named(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lion(-1));
    }

    private static Optimizer Create(string name) => name == "lion" ? new Lion(0.01f) : new RmsProp(0.01f, alpha: 0.9f);

    private static Formula FormulaOf(string name) => name == "lion" ? Lion.InDouble : RmsProp.InDouble;

    private static TrainerOptions Options(Optimizer optimizer, int threads) =>
        new() { BatchSize = 4, SequenceLength = 6, Optimizer = optimizer, Threads = threads };

    private static void Batch(out float[] x, out float[] targets)
    {
        var experiment = Experiment.Random(BeforeVectors.Info, steps: 6, batch: 4, seed: 7);
        (x, targets) = (experiment.X, TestTargets.Random(BeforeVectors.Info, 24, seed: 8).Vectors);
    }

    /// <summary>As PyTorch's <c>RMSprop</c> without momentum.</summary>
    private sealed class RmsProp(float rate, float alpha) : CustomOptimizer(rate, stateSlots: 1, ("alpha", alpha))
    {
        public static double InDouble(double p, double g, double[] states, int step)
        {
            states[0] = (0.9 * states[0]) + (0.1 * g * g);
            return p - (0.01 * g / (Math.Sqrt(states[0]) + 1e-8));
        }

        protected override void Step(in OptimizerStep step)
        {
            var square = step.State(0);
            var alpha = this["alpha"];
            for (var i = 0; i < square.Length; i++)
            {
                square[i] = (alpha * square[i]) + ((1 - alpha) * step.Gradients[i] * step.Gradients[i]);
                step.Parameters[i] -= step.LearningRate * step.Gradients[i] / (MathF.Sqrt(square[i]) + 1e-8f);
            }
        }
    }

    /// <summary>Lion (Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023).</summary>
    private sealed class Lion(float rate) : CustomOptimizer(rate, stateSlots: 1, ("beta1", 0.9f), ("beta2", 0.99f), ("weight_decay", 0.5f))
    {
        public static double InDouble(double p, double g, double[] states, int step)
        {
            var next = p - (0.01 * (Math.Sign((0.9 * states[0]) + (0.1 * g)) + (0.5 * p)));
            states[0] = (0.99 * states[0]) + (0.01 * g);
            return next;
        }

        protected override void Step(in OptimizerStep step)
        {
            var m = step.State(0);
            var (beta1, beta2) = (this["beta1"], this["beta2"]);
            for (var i = 0; i < m.Length; i++)
            {
                var sign = Math.Sign((beta1 * m[i]) + ((1 - beta1) * step.Gradients[i]));
                step.Parameters[i] -= step.LearningRate * (sign + (step.WeightDecay * step.Parameters[i]));
                m[i] = (beta2 * m[i]) + ((1 - beta2) * step.Gradients[i]);
            }
        }
    }

    private sealed class SignSgd(float rate) : CustomOptimizer(rate, stateSlots: 0)
    {
        protected override void Step(in OptimizerStep step)
        {
            for (var i = 0; i < step.Parameters.Length; i++)
                step.Parameters[i] -= step.LearningRate * Math.Sign(step.Gradients[i]);
        }
    }

    private sealed class Failing() : CustomOptimizer(1, stateSlots: 0)
    {
        protected override void Step(in OptimizerStep step) => throw new InvalidOperationException("own");
    }

    private sealed class Named(string name) : CustomOptimizer(1, stateSlots: 0, (name, 1))
    {
        protected override void Step(in OptimizerStep step)
        {
        }
    }
}
