using FastRnn.Testing;

using static FastRnn.Tests.Reference.HandMadeModel;

namespace FastRnn.Tests.Reference;

public sealed class ReferenceModelTests
{
    // Two inputs, two units, one output: h = tanh(W x + U h + b), y = V h + a.
    private static readonly double[] Parameters =
    [
        0.5, -0.25, 1, 2, // W
        0.1, 0.2, -0.3, 0.4, // U
        0.05, -0.05, // b
        3, -2, // V
        0.25, // a
    ];

    private static readonly ModelInfo Tiny = Of(InputKind.Vector, 2, [SimpleRecurrent(2, 2), Dense(2, 1)], LossKind.MeanSquaredError);

    [Fact]
    public void A_tiny_recurrent_model_gives_what_a_pencil_gives()
    {
        var result = new ReferenceModel(Tiny, Parameters).Run([[[1, 2]], [[-1, 0.5]]]);
        var (h0, h1) = (Math.Tanh(0.5 - 0.5 + 0.05), Math.Tanh(1 + 4 - 0.05));
        Assert.Equal(3 * h0 - 2 * h1 + 0.25, result.Outputs[0][0][0], 1e-15);
        var (g0, g1) = (
            Math.Tanh(-0.5 - 0.125 + 0.1 * h0 + 0.2 * h1 + 0.05),
            Math.Tanh(-1 + 1 - 0.3 * h0 + 0.4 * h1 - 0.05));
        Assert.Equal(3 * g0 - 2 * g1 + 0.25, result.Outputs[1][0][0], 1e-15);
        Assert.Equal([g0, g1], result.States[0][0][0].Select(v => v).ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(result.Outputs[1][0], result.States[1][0][0]);
        Assert.Null(result.Probabilities);
    }

    [Fact]
    public void Sequences_of_a_batch_do_not_see_each_other()
    {
        var model = new ReferenceModel(Tiny, Parameters);
        double[][][] first = [[[1, 2]], [[-1, 0.5]], [[0, 3]]], second = [[[0.3, 0.1]], [[2, 2]], [[-1, -1]]];
        var together = model.Run([.. first.Zip(second, (a, b) => (double[][])[a[0], b[0]])]);
        Assert.Equal(model.Run(first).Outputs.Select(y => y[0]), together.Outputs.Select(y => y[0]));
        Assert.Equal(model.Run(second).Outputs.Select(y => y[0]), together.Outputs.Select(y => y[1]));
    }

    [Fact]
    public void States_carry_a_sequence_on_and_stay_unchanged_themselves()
    {
        var model = new ReferenceModel(Tiny, Parameters);
        double[][][] inputs = [[[1, 2]], [[-1, 0.5]], [[0, 3]]];
        var whole = model.Run(inputs);
        var head = model.Run(inputs[..1]);
        var before = head.States[0][0][0].ToArray();
        var tail = model.Run(inputs[1..], head.States);
        Assert.Equal(whole.Outputs[1..], tail.Outputs);
        Assert.Equal(before, head.States[0][0][0]);
    }

    [Fact]
    public void Tokens_read_rows_of_the_table_or_columns_of_the_matrix()
    {
        double[] table = [1, 2, 3, 4, 5, 6, 7, 8], dense = [10, 1, 0.5];
        var embedded = new ReferenceModel(Of(InputKind.Embedding, 2, [Dense(2, 1)]), [.. table, .. dense]);
        Assert.Equal([[[12.5], [78.5]], [[34.5], [56.5]]], embedded.Run([0, 3, 1, 2], 2).Outputs);
        var oneHot = new ReferenceModel(Of(InputKind.OneHot, 4, [Dense(4, 1)]), [5, 6, 7, 8, 0.5]);
        Assert.Equal([[[8.5], [5.5]]], oneHot.Run([3, 0], 2).Outputs);
    }

    [Fact]
    public void A_softmax_is_given_besides_the_logits()
    {
        var model = new ReferenceModel(Of(InputKind.Vector, 1, [Dense(1, 3)], softmax: true), [1, 2, -1, 0, 0, 1000]);
        var result = model.Run([[[1]], [[-1000]]]);
        Assert.Equal([1, 2, 999], result.Outputs[0][0]);
        Assert.Equal([0, 0, 1], result.Probabilities![0][0]);
        Assert.Equal([0, 0, 1], result.Probabilities[1][0]);
    }

    [Fact]
    public void Softmax_outputs_sum_to_one()
    {
        var model = new ReferenceModel(Of(InputKind.Vector, 1, [Dense(1, 3)], softmax: true), [0, 0, 0, 0, Math.Log(2), Math.Log(5)]);
        var p = model.Run([[[1]]]).Probabilities![0][0];
        Assert.Equal(1 / 8.0, p[0], 1e-15);
        Assert.Equal(2 / 8.0, p[1], 1e-15);
        Assert.Equal(5 / 8.0, p[2], 1e-15);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_what_where_expected_and_got()
    {
        var model = new ReferenceModel(Tiny, Parameters);
        Expect("Parameters of HandMade: expected 13 numbers, got 3.", () => new ReferenceModel(Tiny, [1, 2, 3]));
        Expect("Inputs, step 1, sequence 0: expected 2 numbers, got 1.", () => model.Run([[[1, 2]], [[1]]]));
        Expect("Inputs, step 1: expected 1 sequences, got 2.", () => model.Run([[[1, 2]], [[1, 2], [3, 4]]]));
        Expect("Inputs: expected at least one step and one sequence, got none.", () => model.Run([]));
        Expect("HandMade reads vectors of length 2, got tokens.", () => model.Run([1], 1));
        Expect("State h of layer 0: expected 1 sequences, got 2.", () => model.Run([[[1, 2]]], ReferenceModel.ZeroStates(Tiny, 2)));
        var tokens = new ReferenceModel(Of(InputKind.OneHot, 4, [Dense(4, 1)]), [5, 6, 7, 8, 0.5]);
        Expect("Token of step 1, sequence 0: expected 0 to 3, got 4.", () => tokens.Run([0, 4], 1));
        Expect("Tokens: expected a multiple of the batch of 2, got 3.", () => tokens.Run([0, 1, 2], 2));
        Expect("HandMade reads tokens, got vectors.", () => tokens.Run([[[1, 2, 3, 4]]]));
    }

    private static void Expect(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
