using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Recurrence;

/// <summary>Unrolled in time a network has the same weights at every step.</summary>
public sealed class SharedWeightTests
{
    private const int Steps = 6;
    private const int Batch = 2;

    [Fact]
    public void The_gradient_of_a_shared_weight_is_the_sum_over_the_steps()
    {
        var info = LossOnTheCell.Info;
        var experiment = Experiment.Random(info, Steps, Batch, seed: 9).FromZero();
        var model = new LossOnTheCell(seed: 1);
        using (var edit = model.Edit())
            experiment.Parameters.CopyTo(edit.Parameters);
        var (inputs, outputs) = (Batch * info.InputSize, Batch * info.OutputSize);
        using var whole = new Bptt<LossOnTheCell>(model, new() { BatchSize = Batch, SequenceLength = Steps });
        whole.Forward(experiment.X, new float[Steps * outputs]);
        whole.Backward(experiment.DOutput);

        // The same network cut into steps of their own: step t has the gradient of its own copy of the weights, and hands that of its first
        // states to step t - 1.
        var steps = Enumerable.Range(0, Steps)
            .Select(_ => new Bptt<LossOnTheCell>(model, new() { BatchSize = Batch, SequenceLength = 1 })).ToArray();
        for (var t = 0; t < Steps; t++)
        {
            if (t > 0)
                Hand(steps[t - 1].GetState, steps[t].SetState);
            steps[t].Forward(experiment.X.AsSpan(t * inputs, inputs), new float[outputs]);
        }

        for (var t = Steps - 1; t >= 0; t--)
        {
            if (t < Steps - 1)
                Hand(steps[t + 1].GetStateGradient, steps[t].SetStateGradient);
            steps[t].Backward(experiment.DOutput.AsSpan(t * outputs, outputs));
        }

        var apart = steps.Select(step => step.Gradients.ToArray()).ToArray();
        var scale = whole.Gradients.ToArray().Max(Math.Abs);
        for (var i = 0; i < info.ParameterCount; i++)
            Assert.Equal(whole.Gradients[i], apart.Sum(gradient => (double)gradient[i]), 1e-5 * scale);
        Assert.All(apart, gradient => Assert.Contains(gradient, g => g != 0));
        foreach (var step in steps)
            step.Dispose();
    }

    [Fact]
    public void The_size_of_a_model_does_not_grow_with_the_steps()
    {
        var model = new EmbeddedText(seed: 1);
        var tokens = new int[5000];
        foreach (var steps in (int[])[1, 50, 5000])
        {
            using var trainer = model.CreateTrainer(new() { SequenceLength = steps });
            trainer.Step(tokens.AsSpan(0, steps), tokens.AsSpan(0, steps));
            Assert.Equal(EmbeddedText.Info.ParameterCount, trainer.Model.Parameters.Length);
            Assert.Equal(EmbeddedText.Info.ParameterCount, trainer.Gradients.Length);
        }
    }

    [Fact]
    public void Truncated_to_windows_the_memory_of_training_does_not_grow_with_the_length_of_the_text()
    {
        // What a trainer holds is decided by its window; a text of any length goes through it, and the states with it.
        using var trainer = new EmbeddedText(seed: 1).CreateTrainer(new() { SequenceLength = 20 });
        var bytes = trainer.MemoryBytes;
        for (var window = 0; window < 50; window++)
            trainer.Step(new int[20], new int[20]);
        Assert.Equal(bytes, trainer.MemoryBytes);
        using var longer = new EmbeddedText(seed: 1).CreateTrainer(new() { SequenceLength = 1000 });
        Assert.True(longer.MemoryBytes > bytes + (900 * BytesAStep()), $"{longer.MemoryBytes} for 1000 steps, {bytes} for 20");
    }

    /// <summary>The tape of a step, as the cost sheet counts it, at the least.</summary>
    private static long BytesAStep() => 4L * EmbeddedText.Info.Layers.Sum(layer => layer.TapeStride);

    private delegate void Read(int layer, int state, Span<float> values);

    private delegate void Write(int layer, int state, ReadOnlySpan<float> values);

    private static void Hand(Read read, Write write)
    {
        var layers = LossOnTheCell.Info.Layers;
        for (var l = 0; l < layers.Count; l++)
        {
            for (var s = 0; layers[l].IsRecurrent && s < layers[l].States.Count; s++)
            {
                var values = new float[Batch * layers[l].States[s].Size];
                read(l, s, values);
                write(l, s, values);
            }
        }
    }
}
