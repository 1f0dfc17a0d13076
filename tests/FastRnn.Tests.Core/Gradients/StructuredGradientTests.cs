using FastRnn.CompilerServices;
using FastRnn.Testing;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>Batches of sequences of different lengths, with missing inputs and weighted targets, through models of every shape: each
/// sequence is what its equations say of it alone, and the gradients of the loss are its finite differences.</summary>
public abstract class StructuredGradientTests<TModels>
    where TModels : IModelSet
{
    public static TheoryData<string> Models => [.. StructuredModels.NamesOf<TModels>()];

    public static TheoryData<string> AttentiveModels => [.. StructuredModels.NamesOf<TModels>().Where(name => StructuredModels.Of(name).Info
        .Layers.Any(layer => layer.Wiring.Operation is LayerOperation.DotAttention or LayerOperation.AdditiveAttention))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Outputs_are_those_of_the_equations_of_each_sequence(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 50);
        var oracle = new StructuredOracle(batch, parameters, draws: null);
        var expected = oracle.Outputs();
        var tolerance = oracle.ForwardBound * Math.Max(Bounds.Floor, expected.Max(Math.Abs));
        foreach (var width in TestWidths.All)
        {
            var got = model.Predict(parameters, batch, width);
            Assert.Equal(expected.Length, got.Length);
            for (var i = 0; i < expected.Length; i++)
            {
                if (!(Math.Abs(expected[i] - got[i]) <= tolerance))
                    Assert.Fail($"{width}: output {i} of {got.Length}: expected {expected[i]:r} ± {tolerance:e1}, got {got[i]:r}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(AttentiveModels))]
    public void Attention_looks_where_the_equations_look_and_its_weights_sum_to_one(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 53);
        var oracle = new StructuredOracle(batch, parameters, draws: null);
        var expected = oracle.Run().Select(result => result.Attention.Single(weights => weights.Length > 0)).ToArray();
        foreach (var width in TestWidths.All)
        {
            var got = model.Attend(parameters, batch, width);
            for (var b = 0; b < batch.Count; b++)
            {
                Assert.Equal(expected[b].SelectMany(alpha => alpha), got[b].Select(alpha => (double)alpha), (x, y) =>
                    Math.Abs(x - y) <= oracle.ForwardBound);
                Assert.All(got[b].Chunk(batch.SourceLengths[b]), alpha => Assert.Equal(1, alpha.Sum(), 1e-6));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_loss_in_inference_is_that_of_the_equations_and_drops_nothing(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 54);
        var oracle = new StructuredOracle(batch, parameters, draws: null);
        var loss = oracle.Loss(oracle.Point);
        Assert.Equal(loss, model.Evaluate(parameters, batch), oracle.ForwardBound * (loss + batch.Weights.Sum()));
        Assert.Equal(model.Evaluate(parameters, batch), model.Evaluate(parameters, batch, threads: 3));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_loss_and_its_gradient_are_those_of_the_equations_of_each_sequence(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 51);
        var oracle = new StructuredOracle(batch, parameters, model.Draws);
        var step = StructuredModels.Has(name, TestTraits.Kinks) ? GradientCheck.KinkedStep : FiniteDifferences.DefaultStep;
        var probes = Probe.Of(oracle, effort: 4_000, step, seed: 52);
        var loss = oracle.Loss(oracle.Point);
        foreach (var width in TestWidths.All)
        {
            var (losses, gradients) = model.Accumulate(parameters, [batch], width);
            var positions = model.Info.Reduction == Reduction.Mean ? 1 : batch.Weights.Sum();
            Assert.Equal(loss, losses[0], oracle.ForwardBound * (loss + positions));

            // The gradient of a query is the small rest of large ones, because a softmax's gradients sum to zero, and has their errors.
            var rest = 2 * oracle.ForwardBound * 1e-3 * Bounds.Magnitude(gradients);
            GradientCheck.Gradients(probes, gradients, 2 * oracle.ForwardBound, 1e-15 * Math.Max(loss, 1) / step + rest);
        }
    }
}
