using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>Models that read tokens, and the outputs of a softmax.</summary>
public sealed class TokenGradientTests
{
    public static TheoryData<string, int, int> Cases => new()
    {
        { nameof(EmbeddedText), 33, 3 },
        { nameof(EmbeddedText), 1, 1 },
        { nameof(EmbeddedTextMean), 7, 8 },
        { nameof(PianoRollMean), 2, 3 },
        { nameof(OneHotText), 7, 3 },
        { nameof(OneHotIntoDense), 33, 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_are_those_of_the_equations(string model, int steps, int batch)
    {
        // The gradient of the embedded tokens is checked through the table's: the next test says that they are one.
        GradientCheck.Run(model, steps, batch, GradientCases.Seed(model, steps, batch));
    }

    [Theory]
    [InlineData(nameof(EmbeddedText))]
    [InlineData(nameof(EmbeddedTextMean))]
    public void The_gradient_of_an_embedding_is_that_of_its_rows_added_up(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, steps: 9, batch: 5, seed: 30);
        var size = model.Info.InputSize;
        foreach (var width in TestWidths.All)
        {
            var got = model.Backpropagate(experiment, width);
            var expected = new float[model.Info.EmbeddingParameters];

            // Sequences outer, steps inner: the order of every sum over positions.
            for (var row = 0; row < experiment.Batch; row++)
            {
                for (var t = 0; t < experiment.Steps; t++)
                {
                    var position = t * experiment.Batch + row;
                    for (var i = 0; i < size; i++)
                        expected[experiment.Tokens[position] * size + i] += got.DInput[position * size + i];
                }
            }

            Bits.AssertSame("embedding", expected, got.Gradients.AsSpan(0, expected.Length));
        }
    }

    [Fact]
    public void A_softmax_output_is_the_probabilities_of_the_equations()
    {
        var model = TestModels.Of(nameof(Probabilities));
        var experiment = Experiment.Random(model.Info, steps: 7, batch: 3, seed: 31);
        var oracle = GradientOracle.OfLinearLoss(experiment);
        double[] expected = [.. oracle.Run(oracle.Point).Probabilities!.SelectMany(step => step.SelectMany(row => row))];
        foreach (var width in TestWidths.All)
        {
            var got = model.Infer(experiment, [3, 0, 3], width).Outputs;
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], got[i], Bounds.Forward(experiment) * 2);
            for (var i = 0; i < got.Length; i += model.Info.OutputSize)
                Assert.Equal(1, got.AsSpan(i, model.Info.OutputSize).ToArray().Sum(p => (double)p), 1e-6);
        }
    }

    [Fact]
    public void A_log_softmax_output_is_the_logarithm_of_the_probabilities_of_the_equations()
    {
        var model = TestModels.Of(nameof(LogProbabilities));
        var experiment = Experiment.Random(model.Info, steps: 7, batch: 3, seed: 31);
        var oracle = GradientOracle.OfLinearLoss(experiment);
        double[] expected = [.. oracle.Run(oracle.Point).Probabilities!.SelectMany(step => step.SelectMany(row => row))];
        var first = model.Infer(experiment, [3, 0, 3], TestWidths.All[0]).Outputs;
        foreach (var width in TestWidths.All)
        {
            var got = model.Infer(experiment, [3, 0, 3], width).Outputs;
            Bits.AssertSame("outputs", first, got);
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], got[i], Bounds.Forward(experiment) * 2);
            for (var i = 0; i < got.Length; i += model.Info.OutputSize)
                Assert.Equal(1, got.AsSpan(i, model.Info.OutputSize).ToArray().Sum(p => Math.Exp(p)), 1e-6);
        }
    }
}
