using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.PyTorch;

namespace FastRnn.Interchange.Tests.PyTorch;

public class TorchNamesTests
{
    private static NamedTensor[] Lstm(string prefix, int input, int hidden, int layer = 0) =>
    [
        NamedTensor.Of($"{prefix}weight_ih_l{layer}", 4 * hidden, input), NamedTensor.Of($"{prefix}weight_hh_l{layer}", 4 * hidden, hidden),
        NamedTensor.Of($"{prefix}bias_ih_l{layer}", 4 * hidden), NamedTensor.Of($"{prefix}bias_hh_l{layer}", 4 * hidden),
    ];

    [Fact]
    public void All_that_is_not_understood_is_listed()
    {
        var problems = Read(
            TensorFiles.Dat(
                [
                    .. Lstm("lstm.", 3, 4), NamedTensor.Of("norm.weight", 4), NamedTensor.Of("conv.weight", 2, 3, 5),
                    NamedTensor.Of("lstm.bias_ih_l2", 16), NamedTensor.Of("fc.bias", 2),
                ])).Problems;
        Assert.Contains(problems, p => p.Contains("'norm.weight' [4]", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("'conv.weight' [2, 3, 5]", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("'lstm.l2'", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("'fc.bias' [2]", StringComparison.Ordinal));
    }

    [Fact]
    public void Sizes_that_do_not_chain_are_named()
    {
        const string Expected = "'fc' (linear 5 -> 2) does not fit behind 'lstm.l0' (Lstm, 3 -> 4): expected 5 numbers, got 4";
        NamedTensor[] tensors = [.. Lstm("lstm.", 3, 4), NamedTensor.Of("fc.weight", 2, 5), NamedTensor.Of("fc.bias", 2)];
        Assert.Equal(Expected, Assert.Single(Read(TensorFiles.Dat(tensors)).Problems));
    }

    [Fact]
    public void A_file_without_recurrent_layers_says_what_it_holds()
    {
        var problem = Assert.Single(Read(TensorFiles.Dat(NamedTensor.Of("fc.weight", 2, 5), NamedTensor.Of("fc.bias", 2))).Problems);
        Assert.Contains("no recurrent layer", problem, StringComparison.Ordinal);
        Assert.Contains("'fc' (linear 5 -> 2)", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Sorted_names_of_safetensors_are_put_in_their_order()
    {
        NamedTensor[] tensors =
        [
            NamedTensor.Of("a_head.bias", 2), NamedTensor.Of("a_head.weight", 2, 4), .. Lstm("lstm.", 3, 4),
            NamedTensor.Of("word_embedding.weight", 7, 3),
        ];
        var (network, problems) = Read(TensorFiles.SafeTensors(tensors));
        Assert.Empty(problems);
        Assert.Equal(["word_embedding", "lstm.l0", "a_head"], network!.Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void An_embedding_is_found_by_its_sizes_where_nothing_else_says_so()
    {
        NamedTensor[] tensors =
        [
            NamedTensor.Of("decoder.bias", 9), NamedTensor.Of("decoder.weight", 9, 4), NamedTensor.Of("encoder.weight", 9, 3),
            .. Lstm("rnn.", 3, 4),
        ];
        var (network, problems) = Read(TensorFiles.SafeTensors(tensors));
        Assert.Empty(problems);
        Assert.Equal(["encoder", "rnn.l0", "decoder"], network!.Layers.Select(layer => layer.Name));
        Assert.Equal(0, network.InputSize);
    }

    [Fact]
    public void A_linear_layer_before_the_recurrent_one_is_found_by_its_sizes()
    {
        NamedTensor[] tensors =
            [.. Lstm("b.", 6, 4), NamedTensor.Of("a.weight", 6, 3), NamedTensor.Of("a.bias", 6), NamedTensor.Of("c.weight", 1, 4)];
        var (network, problems) = Read(TensorFiles.SafeTensors(tensors));
        Assert.Empty(problems);
        Assert.Equal(["a", "b.l0", "c"], network!.Layers.Select(layer => layer.Name));
        Assert.Equal(3, network.InputSize);
    }

    [Fact]
    public void Layers_and_modules_chain()
    {
        NamedTensor[] tensors = [.. Lstm("_orig_mod.x.", 3, 4), .. Lstm("_orig_mod.x.", 4, 4, 1), .. Lstm("_orig_mod.y.", 4, 2)];
        var (network, problems) = Read(TensorFiles.Torch(tensors));
        Assert.Empty(problems);
        Assert.Equal(["_orig_mod.x.l0", "_orig_mod.x.l1", "_orig_mod.y.l0"], network!.Layers.Select(layer => layer.Name));
    }

    [Theory]
    [InlineData("weight_ih_l0", "weight_ih is missing")]
    [InlineData("bias_hh_l0", "bias_hh is missing")]
    public void A_missing_tensor_is_named(string name, string expected)
    {
        var problems = Read(TensorFiles.Dat([.. Lstm("", 3, 4).Where(tensor => tensor.Name != name)])).Problems;
        Assert.Contains(problems, problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_nonlinearity_is_a_problem()
    {
        using var file = new TempFile(TensorFiles.Dat(Lstm("", 3, 4)));
        var findings = new Findings();
        Assert.Null(StateDictFile.Open(file.Path, new StateDictOptions { Nonlinearity = "gelu" }).Understand(findings));
        Assert.Contains("gelu", Assert.Single(findings.Problems), StringComparison.Ordinal);
    }

    private static (Network? Network, IReadOnlyList<string> Problems) Read(byte[] bytes)
    {
        using var file = new TempFile(bytes);
        var findings = new Findings();
        var network = StateDictFile.Open(file.Path, new StateDictOptions()).Understand(findings);
        Assert.Equal(network is null, findings.Problems.Count > 0);
        return (network, findings.Problems);
    }
}
