using FastRnn.Tests.Models;

namespace FastRnn.Tests.Misuse;

/// <summary>A state or a gradient that decays for ever becomes exactly 0, and is never one of the denormal numbers with which a CPU is
/// slow.</summary>
public sealed class SilenceTests
{
    // Everything halves from step to step: 2^-100 is reached after 100.
    private const int Steps = 160;
    private const int Batch = 3;

    private static readonly string[] Smooth =
        [nameof(Elman_I5_H7), nameof(Lstm_I5_H7), nameof(Gru_I5_H7), nameof(MinimalGatedUnit_I5_H7), nameof(Gru_I17_H16_L2)];

    public static TheoryData<string> DecayingForward => [.. Smooth, nameof(ElmanRelu_I5_H7)];

    // A rectified unit at 0 passes no gradient back at all.
    public static TheoryData<string> DecayingBackward => [.. Smooth];

    [Theory]
    [MemberData(nameof(DecayingForward))]
    public void States_that_decay_end_at_zero(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Decaying(model.Info, dOutputAtTheEnd: false);
        foreach (var width in TestWidths.All)
        {
            foreach (var got in (Recording[])[model.Backpropagate(experiment, width), model.Infer(experiment, [Steps], width),
                model.Infer(experiment, [.. new int[Steps]], width)])
            {
                NoDenormals(got);
                Assert.NotEqual(0, got.Outputs[0]);
                Assert.All(got.States.SelectMany(layer => layer.SelectMany(state => state)), value => Assert.Equal(0, value));
                Assert.All(got.Outputs[^(Batch * model.Info.OutputSize)..], value => Assert.Equal(0, value));
            }
        }
    }

    [Theory]
    [MemberData(nameof(DecayingBackward))]
    public void Gradients_that_decay_end_at_zero(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Decaying(model.Info, dOutputAtTheEnd: true);
        foreach (var width in TestWidths.All)
        {
            var got = model.Backpropagate(experiment, width);
            NoDenormals(got);
            Assert.Contains(got.DInput[^(Batch * model.Info.InputSize)..], value => value != 0);
            Assert.All(got.DStates.SelectMany(layer => layer.SelectMany(state => state)), value => Assert.Equal(0, value));
            Assert.All(got.DInput[..(Batch * model.Info.InputSize)], value => Assert.Equal(0, value));
        }
    }

    private static void NoDenormals(Recording got)
    {
        foreach (var (name, values) in got.Tensors())
            Assert.False(values.Any(float.IsSubnormal), $"{name} holds a denormal number");
    }

    /// <summary>No input; the only parameters that are not 0 are those that carry half of a state into the next step.</summary>
    private static Experiment Decaying(ModelInfo info, bool dOutputAtTheEnd)
    {
        var random = Experiment.Random(info, Steps, Batch, seed: 1);
        var parameters = new float[info.ParameterCount];
        foreach (var layer in info.Layers)
        {
            foreach (var parameter in layer.Parameters)
            {
                var values = parameters.AsSpan(layer.ParameterOffset + parameter.Offset, parameter.Count);
                if (layer.Cell.Contains("Elman", StringComparison.Ordinal) && parameter.Name == "U")
                {
                    for (var i = 0; i < parameter.Rows; i++)
                        values[i * parameter.Columns + i] = 0.5f;
                }

                // What the input would bring: nothing forward, but something for the gradient to go back through.
                if (dOutputAtTheEnd && (parameter.Name.StartsWith('W') || parameter.Name == "a"))
                    values.Fill(0.25f);
            }
        }

        var dOutput = new float[random.DOutput.Length];
        if (dOutputAtTheEnd)
            dOutput.AsSpan(^(Batch * info.OutputSize)..).Fill(1);
        var states = random.States.Select(layer =>
            layer.Select(state => Array.ConvertAll(state, _ => dOutputAtTheEnd ? 0f : 0.75f)).ToArray()).ToArray();
        var none = random.FromZero().States;
        return random.With(parameters, new float[random.X.Length], states, dOutput, none);
    }
}
