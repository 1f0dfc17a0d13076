using FastRnn.CompilerServices;
using FastRnn.Testing;

using static FastRnn.Tests.Reference.HandMadeGraph;
using static FastRnn.Tests.Reference.HandMadeModel;

namespace FastRnn.Tests.Reference;

/// <summary>The judge of models that are more than a chain, judged by pencil.</summary>
public sealed class ReferenceGraphTests
{
    private static readonly double[][] Rows = [[1, -2], [3, 4], [-5, 0]];

    [Fact]
    public void A_chain_is_what_the_other_reference_says_of_it()
    {
        var info = Of(InputKind.Embedding, 2, [SimpleRecurrent(2, 3), Dense(3, 2)], softmax: true);
        var random = new Random(1);
        double[] parameters = [.. Enumerable.Range(0, info.ParameterCount).Select(_ => random.NextDouble() - 0.5)];
        var expected = new ReferenceModel(info, parameters).Run([3, 0, 1, 2], 1);
        var got = new ReferenceGraph(info, parameters).Run(new ReferenceSequence { Tokens = [3, 0, 1, 2] });
        Assert.Equal(expected.Outputs.Select(step => step[0]), got.Outputs);
        Assert.Equal(expected.Probabilities!.Select(step => step[0]), got.Probabilities!);
        Assert.Equal(expected.States[0][0][0], got.States[0][0]);
        Assert.Empty(got.States[1]);
    }

    [Fact]
    public void Reverse_twice_is_nothing() => Assert.Equal(Rows, Outputs(
        Layer(LayerOperation.Reverse, 2, TimeDomain.Main, 0, Main), Layer(LayerOperation.Reverse, 2, TimeDomain.Main, 0, 0)));

    [Fact]
    public void A_reversed_layer_has_seen_what_comes()
    {
        var got = Run(
            [
                Layer(LayerOperation.Reverse, 2, TimeDomain.Main, 0, Main),
                RunningSum(2).Wired(TimeDomain.Main, 0, Start(StartKind.Zero)),
                Layer(LayerOperation.Reverse, 2, TimeDomain.Main, 0, 1),
                RunningSum(2).Wired(TimeDomain.Main, Main, Start(StartKind.Zero)),
                Layer(LayerOperation.Concat, 4, TimeDomain.Main, 0, 3, 2),
                Layer(LayerOperation.Sum, 2, TimeDomain.Main, 0, 3, 2, Main),
            ]);
        Assert.Equal([[1, -2, -1, 2], [4, 2, -2, 4], [-1, 2, -5, 0]], got.Values[4]);
        Assert.Equal([[1, -2], [5, 10], [-11, 2]], got.Outputs);
        Assert.Equal(got.States[1][0], got.Values[2][0]);
    }

    [Fact]
    public void A_pool_makes_one_step_of_all()
    {
        Assert.Equal([[-5, 0]], Outputs(Layer(LayerOperation.PoolLast, 2, TimeDomain.Single, 0, Main)));
        Assert.Equal([[-1 / 3.0, 2 / 3.0]], Outputs(Layer(LayerOperation.PoolMean, 2, TimeDomain.Single, 0, Main)));
        Assert.Equal([[3, 4]], Outputs(Layer(LayerOperation.PoolMax, 2, TimeDomain.Single, 0, Main)));
    }

    [Theory]
    [InlineData(LayerOperation.PoolLast)]
    [InlineData(LayerOperation.PoolMean)]
    [InlineData(LayerOperation.PoolMax)]
    public void A_pool_of_one_step_is_the_step(LayerOperation pool) => Assert.Equal(
        [[7, -9]], Run([Layer(pool, 2, TimeDomain.Single, 0, Main)], new ReferenceSequence { Inputs = [[7, -9]] }).Outputs);

    [Fact]
    public void Dropout_is_the_mask_in_training_and_nothing_in_inference()
    {
        LayerInfo[] layers = [Layer(LayerOperation.Dropout, 2, TimeDomain.Main, 0.5f, Main)];
        Assert.Equal(Rows, Run(layers).Outputs);
        var draws = Draws((layer, sequence, t, unit) => 1000 * layer + 100 * sequence + 10 * t + unit);
        Assert.Equal([[700, -1402], [2130, 2844], [-3600, 0]], Run(layers, number: 7, draws: draws).Outputs);
    }

    [Fact]
    public void The_first_step_alone_gets_the_condition() => Assert.Equal(
        [[11, 18], [3, 4], [-5, 0]],
        Run([Layer(LayerOperation.AddFirst, 2, TimeDomain.Main, 0, Main, Condition)],
            new ReferenceSequence { Inputs = Rows, Condition = [10, 20] }).Outputs);

    [Fact]
    public void A_missing_input_is_zeros_whatever_stands_there()
    {
        var sequence = new ReferenceSequence { Inputs = [[1, -2], [double.NaN, 4], [-5, 0]], Present = [true, false, true] };
        Assert.Equal([[1, -2], [0, 0], [-5, 0]], Run([Layer(LayerOperation.Reverse, 2, TimeDomain.Main, 0, Main),
            Layer(LayerOperation.Reverse, 2, TimeDomain.Main, 0, 0)], sequence).Outputs);
    }

    [Fact]
    public void A_state_starts_where_its_wiring_says()
    {
        double[] First(StateStart start, ReferenceDraws? draws = null) => Run(
            [
                RunningSum(2).Wired(TimeDomain.Source, Source, Start(StartKind.Zero)),
                Layer(LayerOperation.PoolMax, 2, TimeDomain.Single, 0, Source),
                RunningSum(2, Parameter("h0", 2, 0)).Wired(TimeDomain.Main, Main, start),
            ],
            new ReferenceSequence { Inputs = Rows, SourceInputs = [[10, 20], [30, 5]] },
            parameters: [0.25, 0.5],
            number: 3,
            draws: draws).Outputs[0];

        var draws = Draws((layer, sequence, state, unit) => 1000 * layer + 100 * sequence + 10 * state + unit);
        Assert.Equal([1, -2], First(Start(StartKind.Zero)));
        Assert.Equal([1, -2], First(Start(StartKind.Random, value: 1)));
        Assert.Equal([2301, 2299], First(Start(StartKind.Random, value: 1), draws));
        Assert.Equal([1.25, -1.5], First(Start(StartKind.Learned)));
        Assert.Equal([31, 18], First(Start(StartKind.Layer, index: 1)));
        Assert.Equal([41, 23], First(Start(StartKind.LastState)));
        Assert.Equal([2, -1], First(Start(StartKind.Mask)));
        Assert.Equal([2301, 2299], First(Start(StartKind.Mask), draws));
    }

    [Fact]
    public void A_masked_state_is_the_product_of_two()
    {
        var states = new StateInfo[] { new("masked", 2, true), new("h", 2, true), new("mask", 2, true) };
        var layer = RunningSum(2, Parameter("h0", 2, 0)) with { States = states };
        var got = Run(
            [layer.Wired(TimeDomain.Main, Main, Start(StartKind.Masked, 1, 2), Start(StartKind.Learned), Start(StartKind.Mask))],
            parameters: [3, 5],
            draws: Draws((_, _, _, unit) => 10 + unit));
        Assert.Equal([3 * 10 + 1, 5 * 11 - 2], got.Outputs[0]);
        Assert.Equal([3, 5], got.States[0][1]);
        Assert.Equal([10, 11], got.States[0][2]);
    }

    [Fact]
    public void A_held_unit_keeps_what_it_had()
    {
        var states = new StateInfo[] { new("h", 2, true), new("mask", 2, false) };
        var layer = RunningSum(2) with
        {
            States = states,
            CreateReference = parameters => new ZoneoutReference(RunningSum(2).CreateReference(parameters), [0]),
        };
        LayerInfo[] layers = [layer.Wired(TimeDomain.Main, Main, Start(StartKind.Zero), Start(StartKind.Zoneout, value: 0.25f))];
        var draws = Draws((_, _, _, _) => 0) with { Held = (_, _, t, _, unit) => t == unit ? 1 : 0 };

        // Sums of rows (1, -2) and those that follow, less what a held unit never saw; in inference three quarters of each.
        var drawn = Run(layers, draws: draws);
        Assert.Equal([0, Rows[0][1]], drawn.Outputs[0]);
        Assert.Equal([Rows[1][0], Rows[0][1]], drawn.Outputs[1]);
        Assert.Equal([0.75 * Rows[0][0], 0.75 * Rows[0][1]], Run(layers).Outputs[0]);
    }

    [Fact]
    public void What_stands_behind_its_reader_is_read_a_step_late()
    {
        var got = Run(
            [Layer(LayerOperation.Sum, 2, TimeDomain.Main, 0, Main, 1), Layer(LayerOperation.Scale, 2, TimeDomain.Main, 0.5f, 0)]);
        Assert.Equal([[0.5, -1], [1.75, 1.5], [-1.625, 0.75]], got.Outputs);
        Assert.Equal([[1, -2], [3.5, 3], [-3.25, 1.5]], got.Values[0]);
    }

    [Fact]
    public void A_batch_of_equal_lengths_runs_through_any_layers()
    {
        var info = Of(InputKind.Vector, 2, [Layer(LayerOperation.Reverse, 2, TimeDomain.Main, 0, Main)]);
        Assert.Equal([[[5, 6], [7, 8]], [[1, 2], [3, 4]]], new ReferenceModel(info, []).Run([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]).Outputs);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_what_where_expected_and_got()
    {
        LayerInfo[] reverse = [Layer(LayerOperation.Reverse, 2, TimeDomain.Main, 0, Main)];
        Expect("Inputs: expected at least one step, got none.", () => Run(reverse, new ReferenceSequence()));
        Expect("Inputs, step 1: expected 2 numbers, got 1.", () => Run(reverse, new ReferenceSequence { Inputs = [[1, 2], [3]] }));
        Expect("Present: expected 1 steps, got 2.", () =>
            Run(reverse, new ReferenceSequence { Inputs = [[1, 2]], Present = [true, true] }));
        Expect("Condition: expected 0 numbers, got 1.", () => Run(reverse, new ReferenceSequence { Inputs = Rows, Condition = [1] }));
        Expect("Layer 0 of HandMade: expected 3 outputs, got 2.", () => Run([Layer(LayerOperation.Reverse, 3, TimeDomain.Main, 0, Main)]));
        Expect("Parameters of HandMade: expected 0 numbers, got 1.", () => Run(reverse, parameters: [1]));
        var tokens = new ReferenceGraph(Of(InputKind.OneHot, 4, [Dense(4, 1)]), [5, 6, 7, 8, 0.5]);
        Expect("Token, step 1: expected 0 to 3, got 4.", () => tokens.Run(new ReferenceSequence { Tokens = [0, 4] }));
    }

    internal static ReferenceSequenceResult Run(
        LayerInfo[] layers, ReferenceSequence? sequence = null, double[]? parameters = null, int number = 0, ReferenceDraws? draws = null)
    {
        sequence ??= new ReferenceSequence { Inputs = Rows };
        var info = Of(InputKind.Vector, 2, layers) with
        {
            Source = sequence.SourceInputs.Length > 0 ? new SourceInfo(InputKind.Vector, sequence.SourceInputs[0].Length, 0) : null,
            ConditionSize = layers.Any(layer => layer.Wiring.Sources.Contains(Condition)) ? sequence.Condition.Length : 0,
        };
        return new ReferenceGraph(info, parameters ?? []).Run(sequence, number, draws);
    }

    private static double[][] Outputs(params LayerInfo[] layers) => Run(layers).Outputs;

    private static ReferenceDraws Draws(Func<int, int, int, int, double> draw) => new(draw, draw, draw);

    private static void Expect(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
