using FastRnn.Tests.Files;

namespace FastRnn.Tests.PyTorch;

/// <summary>That the golden files are what the tests against them believe.</summary>
public sealed class GoldenFilesTests
{
    private static readonly string[] Cells = ["elman", "elmanrelu", "gru", "lstm"];

    public static TheoryData<string> CellNames => [.. Cells];

    public static TheoryData<string> CaseNames => [.. GoldenCase.Names];

    [Theory]
    [MemberData(nameof(CellNames))]
    public void Every_cell_meets_all_sizes_lengths_batches_and_depths(string cell)
    {
        var cases = GoldenCase.Names.Select(GoldenCase.Load).Where(c => c.Cell == cell).ToList();
        int[] sizes = [1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33, 65];

        Assert.Equal(18, cases.Count);
        Assert.Equal(sizes, cases.Where(c => c.Layers == 1).Select(c => c.Hidden).Order());
        Assert.Equal(sizes, cases.Where(c => c.Layers == 1).Select(c => c.Input).Order());
        Assert.Equal([2, 5, 8, 16, 31, 65], cases.Where(c => c.Layers == 2).Select(c => c.Hidden).Order());
        foreach (var layers in (int[])[1, 2])
        {
            Assert.Equal([1, 2, 7, 33], cases.Where(c => c.Layers == layers).Select(c => c.Steps).Distinct().Order());
            Assert.Equal([1, 3, 8], cases.Where(c => c.Layers == layers).Select(c => c.Batch).Distinct().Order());
        }
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void A_case_is_complete_and_its_shapes_agree(string name)
    {
        var golden = GoldenCase.Load(name);
        long t = golden.Steps, b = golden.Batch, i = golden.Input, h = golden.Hidden, l = golden.Layers;

        Assert.Equal($"{golden.Cell}_i{i}_h{h}_l{l}", name);
        Assert.Equal([t, b, i], golden.Shape("x"));
        Assert.Equal([t, b, i], golden.Shape("grad.x"));
        Assert.Equal([t, b, h], golden.Shape("y"));
        Assert.Equal([t, b, h], golden.Shape("dy"));
        foreach (var state in golden.States)
        {
            foreach (var tensor in (string[])[$"{state}0", $"{state}n", $"d{state}n", $"grad.{state}0"])
                Assert.Equal([l, b, h], golden.Shape(tensor));
        }

        // The output is the last layer's state, step by step.
        Assert.Equal(golden.Solved("y")[^(golden.Batch * golden.Hidden)..], golden.Solved("hn")[golden.Layer(golden.Layers - 1)]);

        // PyTorch's two biases have one gradient wherever the equations have one bias.
        if (golden.Cell != "gru")
            Assert.Equal(
                golden.Solved("grad.bias_ih_l0").ToArray(), golden.Solved("grad.bias_hh_l0").ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void The_weights_fill_a_model_and_no_bias_is_rounded(string name)
    {
        var golden = GoldenCase.Load(name);
        ModelInfo info = golden.Cell switch
        {
            "lstm" => HandMadeModels.Lstm(golden.Input, golden.Hidden, golden.Layers),
            "gru" => HandMadeModels.GruStack(golden.Input, golden.Hidden, golden.Layers),
            _ => HandMadeModels.Elman(golden.Input, golden.Hidden, golden.Layers),
        };

        var parameters = golden.Parameters(info);

        Assert.DoesNotContain(0f, parameters);
        var bias = golden.Cell == "gru" ? info.ParameterCount - 2 * golden.Hidden : info.ParameterCount - golden.Hidden;
        var last = $"_l{golden.Layers - 1}";
        var first = golden.Shape("bias_ih" + last)[0] - golden.Hidden;
        for (var unit = 0; unit < golden.Hidden; unit++)
        {
            double exact = golden.Given("bias_ih" + last)[(int)first + unit];
            if (golden.Cell != "gru")
                exact += golden.Given("bias_hh" + last)[(int)first + unit];
            Assert.Equal(exact, parameters[bias + unit]);
        }
    }

    [Fact]
    public void A_difference_is_seen_where_it_is()
    {
        double[] expected = [100, 0, -1];
        Assert.Null(Closeness.Difference("w", expected, [100, 0.9e-4f, -1], 1e-6));
        Assert.StartsWith("w[1]: ", Closeness.Difference("w", expected, [100, 1.1e-4f, -1], 1e-6), StringComparison.Ordinal);
        Assert.StartsWith("w[2]: ", Closeness.Difference("w", expected, [100, 0, 1], 1e-6), StringComparison.Ordinal);
        Assert.StartsWith("w[0]: ", Closeness.Difference("w", expected, [float.NaN, 0, -1], 1e-6), StringComparison.Ordinal);
        Assert.NotNull(Closeness.Difference("w", expected, [100, 0], 1e-6));
    }
}
