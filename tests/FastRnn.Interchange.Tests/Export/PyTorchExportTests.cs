using FastRnn.Interchange.Export;

namespace FastRnn.Interchange.Tests.Export;

/// <summary>The script that builds a model of torch.nn.</summary>
public sealed class PyTorchExportTests
{
    [Fact]
    public void A_script_is_as_a_person_would_write_it()
    {
        using var model = ExportModels.Create("Bidirectional");
        Assert.Equal(
            """"
            # Bidirectional, written by FastRnn 0.1.0: model = load().
            from pathlib import Path

            import torch
            from safetensors.torch import load_file
            from torch import nn

            WEIGHTS = Path(__file__).parent / "weights.safetensors"

            # The tensors of the file, and what they are called here.
            NAMES = {
                "weight_ih_l0": "rnn0.weight_ih_l0",
                "weight_hh_l0": "rnn0.weight_hh_l0",
                "bias_ih_l0": "rnn0.bias_ih_l0",
                "bias_hh_l0": "rnn0.bias_hh_l0",
                "weight_ih_l0_reverse": "rnn0.weight_ih_l0_reverse",
                "weight_hh_l0_reverse": "rnn0.weight_hh_l0_reverse",
                "bias_ih_l0_reverse": "rnn0.bias_ih_l0_reverse",
                "bias_hh_l0_reverse": "rnn0.bias_hh_l0_reverse",
                "weight_ih_l1": "rnn1.weight_ih_l0",
                "weight_hh_l1": "rnn1.weight_hh_l0",
                "bias_ih_l1": "rnn1.bias_ih_l0",
                "bias_hh_l1": "rnn1.bias_hh_l0",
                "weight_ih_l1_reverse": "rnn1.weight_ih_l0_reverse",
                "weight_hh_l1_reverse": "rnn1.weight_hh_l0_reverse",
                "bias_ih_l1_reverse": "rnn1.bias_ih_l0_reverse",
                "bias_hh_l1_reverse": "rnn1.bias_hh_l0_reverse",
                "dense.weight": "dense.weight",
            }


            class Bidirectional(nn.Module):
                def __init__(self):
                    super().__init__()
                    self.rnn0 = nn.LSTM(4, 6, bidirectional=True)
                    self.rnn1 = nn.GRU(12, 5, bidirectional=True)
                    self.dense = nn.Linear(5, 3, bias=False)

                def forward(self, x):
                    """x [T, B, 4]; y [T, B, 3]."""
                    y0, (h0, _) = self.rnn0(x)
                    y1, h1 = self.rnn1(y0)
                    y2 = y1.unflatten(-1, (2, 5)).sum(-2)
                    y3 = self.dense(y2)
                    y4 = torch.sigmoid(y3)
                    return y4


            def load(path=WEIGHTS):
                """The model with a file's weights; a tensor too many or too few is an error."""
                model = Bidirectional()
                model.load_state_dict({NAMES[name]: tensor for name, tensor in load_file(path).items()}, strict=True)
                return model.eval()

            """".ReplaceLineEndings("\n"),
            PyTorchExport.Write(model.Info, "weights.safetensors"));
    }

    [Theory]
    [InlineData("Lstms")]
    [InlineData("Bidirectional")]
    [InlineData("PooledLast")]
    [InlineData("PooledMax")]
    [InlineData("Dropped")]
    public void Every_tensor_of_the_models_file_is_loaded(string name)
    {
        using var model = ExportModels.Create(name);
        var script = PyTorchExport.Write(model.Info, "weights.safetensors");
        foreach (var tensor in model.Info.Layers.SelectMany(l => l.Tensors))
            Assert.Contains($"    \"{tensor.Name}\": \"", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pooled_model_takes_the_last_states()
    {
        using var model = ExportModels.Create("PooledLast");
        Assert.Contains("torch.cat((h0[0], h0[1]), dim=-1)", PyTorchExport.Write(model.Info, "w"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_that_reads_backward_turns_its_input_and_output()
    {
        using var model = ExportModels.Create("Lstms");
        var script = PyTorchExport.Write(Backward.Of(model.Info, ExportModels.TypeOf("Bidirectional")), "w");
        Assert.Contains("y0, (h0, _) = self.rnn0(x.flip(0))\n        y0 = y0.flip(0)", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_keeps_its_scale_and_its_skip()
    {
        using var model = ExportModels.Create("Signals");
        var script = PyTorchExport.Write(model.Info, "w");
        foreach (var line in (string[])[
            "\"weight_ih_l0_reverse\": \"rnn0.weight_ih_l0\",", "y0 = x * 0.5", "y1, (h1, _) = self.rnn0(y0.flip(0))", "y1 = y1.flip(0)",
            "y2 = nn.functional.hardtanh(y1)", "y4 = nn.functional.leaky_relu(y3, 0.01)", "y5 = y4 + y0[..., :3]", "y6 = y5 * 2"])
            Assert.Contains($"    {line}\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_Python_has_other_uses_for_are_changed()
    {
        using var model = ExportModels.Create("OddNames");
        var script = PyTorchExport.Write(model.Info, "w", ExportModels.Equations("OddNames"));
        Assert.Contains("    def step(self, x, x_2, lambda_2, v):\n", script, StringComparison.Ordinal);
        foreach (var line in (string[])[
            "self_2 = self.self_l0", "torch_2 = self.torch_l0",
            "nn_2 = torch.tanh(x @ W.T + x_2 @ self_2.T + lambda_2 @ torch_2.T)", "v_2 = torch.sigmoid(nn_2 + v)",
            "x_3 = nn_2 * v_2",
            "lambda_3 = 0.5 * (lambda_2 - x_2)", "return x_3, lambda_3, v_2"])
            Assert.Contains($"        {line}\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Held_units_are_the_mean_of_old_and_new()
    {
        using var model = ExportModels.Create("Held");
        var script = PyTorchExport.Write(model.Info, "w", ExportModels.Equations("Held"));
        Assert.Contains("        return 0.1 * h + 0.9 * h_2, 0.5 * c + 0.5 * c_2\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_alone_are_computed_as_tensors()
    {
        using var model = ExportModels.Create("OddNames");
        List<CellOperation> operations =
        [
            new("Constant", "", -1, -1, 2), new("Constant", "", -1, -1, double.PositiveInfinity), new("State", "", 0, -1, 0),
            new("Exp", "a", 0, -1, 0), new("Min", "b", 0, 1, 0), new("Divide", "c", 0, 1, 0), new("Negate", "d", 1, -1, 0),
            new("Max", "e", 6, 2, 0), new("Add", "f", 0, 2, 0), new("Min", "g", 2, 0, 0),
        ];
        var script = PyTorchExport.Write(model.Info, "w", _ => new(operations, [7, 5, 0]));
        foreach (var line in (string[])[
            "a = torch.exp(x.new_tensor(2))", "b = x.new_tensor(2).clamp(max=torch.inf)", "c = x.new_tensor(2) / torch.inf",
            "d = -torch.inf", "e = x_2.clamp(min=d)", "f = 2 + x_2", "g = x_2.clamp(max=2)",
            "return e, c.expand_as(lambda_2), torch.full_like(v, 2)"])
            Assert.Contains($"        {line}\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_that_torch_has_not_are_named()
    {
        using var model = ExportModels.Create("Elmans");
        var e = Assert.Throws<ForeignFileException>(() => PyTorchExport.Write(model.Info, "w"));
        Assert.Contains("layer 2 (FastRnn.Cells.ElmanSigmoid): torch.nn has no such layer", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ElmanRelu", e.Message, StringComparison.Ordinal);
    }
}
