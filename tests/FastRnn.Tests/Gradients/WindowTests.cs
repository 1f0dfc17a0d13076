using FastRnn.CompilerServices;
using FastRnn.Execution;
using FastRnn.Testing;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Gradients;

/// <summary>A stream in windows, through models with dropout or zoneout whose states are learned: truncated backpropagation through
/// time.</summary>
public sealed class WindowTests
{
    private const int Steps = 4;
    private const int Seed = 5;

    [Fact]
    public void The_second_window_goes_on_from_the_first_and_learns_nothing_about_the_start() => GoesOn<LearnedStart>();

    [Fact]
    public void Units_are_held_across_the_border_of_two_windows() => GoesOn<HeldText>();

    private static void GoesOn<TModel>()
        where TModel : class, IModel<TModel>
    {
        var info = TModel.Info;
        var whole = StructuredBatch.Random(info, [2 * Steps], [], seed: 70, masks: false);
        var parameters = Experiment.RandomParameters(info, new Random(71));
        var created = TestModel<TModel>.Create(SimdWidth.Auto);
        using (var edit = created.Store.Edit())
            parameters.CopyTo(edit.Parameters);
        var sgd = new Sgd(0);
        using var trainer =
            new Trainer<TModel>(created, new() { BatchSize = 1, SequenceLength = Steps, Optimizer = sgd, Seed = Seed, Threads = 1 });

        var losses = new double[2];
        for (var window = 0; window < 2; window++)
        {
            var range = (window * Steps)..((window + 1) * Steps);
            sgd.LearningRate = window;
            losses[window] = trainer.Step(whole.Tokens.AsSpan(range), whole.TargetTokens.AsSpan(range)).LossPerPosition;

            // What a window drops is drawn for its own steps; the states have come through all that was dropped before.
            var oracle = new StructuredOracle(
                whole with { Weights = [.. Enumerable.Range(0, 2 * Steps).Select(t => t / Steps == window ? 1f : 0)] }, parameters,
                Draws(info));
            Assert.Equal(oracle.Loss(oracle.Point), losses[window], oracle.ForwardBound * losses[window]);
        }

        float[] change = [.. parameters.Zip(created.Store.Parameters.ToArray(), (before, after) => before - after)];
        var layers = info.Layers.Where(layer => layer.IsRecurrent).ToList();
        Assert.Equal(2, layers.Count);
        foreach (var layer in layers)
        {
            foreach (var start in layer.Wiring.Starts.Where(start => start.Kind != StartKind.Zoneout))
            {
                var learned = layer.Parameters[start.Index];
                Assert.Equal(StartKind.Learned, start.Kind);
                Assert.All(change.AsSpan(layer.ParameterOffset + learned.Offset, learned.Count).ToArray(), c => Assert.Equal(0, c));
            }

            Assert.Contains(change.AsSpan(layer.ParameterOffset, layer.Parameters[0].Count).ToArray(), c => c != 0);
        }
    }

    private static ReferenceDraws Draws(ModelInfo info)
    {
        double Dropout(int layer, int sequence, int t, int unit) => RandomMask.Dropout(
            RandomMask.Key(Seed, (long)(t / Steps) << 20), layer, sequence, t % Steps, unit, info.Layers[layer].Wiring.Rate);
        double Held(int layer, int sequence, int t, int state, int unit) => RandomMask.Held(
            RandomMask.ZoneoutRow(
                RandomMask.Key(Seed, (long)(t / Steps) << 20), (layer * info.Layers.Max(l => l.States.Count)) + state, sequence, t % Steps),
            unit, info.Layers[layer].Wiring.Starts[state].Value);
        return new(Dropout, (_, _, _, _) => double.NaN, (_, _, _, _) => double.NaN) { Held = Held };
    }
}
