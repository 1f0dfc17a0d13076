using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>Recurrent operators with sizes, attributes and inputs at random; sometimes one of the inputs has another shape.</summary>
public sealed class RecurrentFuzzTests
{
    private static readonly string[] Activations =
    [
        "Relu", "Tanh", "Sigmoid", "Softsign", "Softplus", "LeakyRelu", "ThresholdedRelu", "Elu", "HardSigmoid", "Affine", "ScaledTanh",
        "tanh",
    ];

    [Theory]
    [InlineData("RNN", 1, 1)]
    [InlineData("GRU", 3, 2)]
    [InlineData("LSTM", 4, 3)]
    public void An_operator_computes_or_refuses(string name, int gates, int functions)
    {
        var random = new Random(20261130);
        var computed = 0;
        for (var run = 0; run < 3000; run++)
        {
            var directions = random.Next(1, 3);
            var attributes = Attributes(random, gates, directions * functions);
            attributes["direction"] = directions == 2 ? "bidirectional" : random.Next(2) == 0 ? "forward" : "reverse";
            var inputs = Inputs(random, gates, directions, attributes.ContainsKey("layout"));
            if (random.Next(3) == 0)
                inputs[random.Next(inputs.Length)] = new Tensor([random.Next(3), random.Next(3), random.Next(3)]);
            string[] names = [.. inputs.Select((_, i) => $"i{i}")];
            var node = new OnnxNode(
                run, "", name, "", names, ["y", random.Next(2) == 0 ? "h" : ""], new OnnxAttributes("node", attributes));
            try
            {
                var outputs = OnnxOperators.Evaluate(node, inputs, random.Next(12, 28), new EvaluationBudget(1 << 16, 1 << 20));
                Assert.DoesNotContain(outputs[0]!.Values, double.IsNaN);
                computed++;
            }
            catch (ForeignFileException e)
            {
                Assert.StartsWith("node", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(computed, 500, 2500);
    }

    private static Dictionary<string, object> Attributes(Random random, int gates, int functions)
    {
        var attributes = new Dictionary<string, object>();
        if (random.Next(2) == 0)
        {
            string[] names = [.. Enumerable.Range(0, functions).Select(_ => Activations[random.Next(Activations.Length - random.Next(4))])];
            attributes["activations"] = names;
            attributes["activation_alpha"] =
                names.Where(n => n is "LeakyRelu" or "ThresholdedRelu" or "Elu" or "HardSigmoid" or "Affine" or "ScaledTanh")
                    .Select(_ => 0.5).ToArray();
            attributes["activation_beta"] = names.Where(n => n is "HardSigmoid" or "Affine" or "ScaledTanh").Select(_ => 0.25).ToArray();
        }

        if (random.Next(3) == 0)
            attributes["clip"] = random.Next(-1, 9) / 2.0;
        if (random.Next(3) == 0)
            attributes["layout"] = 1L;
        if (gates > 1 && random.Next(3) == 0)
            attributes[gates == 3 ? "linear_before_reset" : "input_forget"] = 1L;
        return attributes;
    }

    private static Tensor?[] Inputs(Random random, int gates, int directions, bool batchFirst)
    {
        var (steps, batch, size, hidden) = (random.Next(4), random.Next(4), random.Next(4), random.Next(1, 4));
        int[] states = batchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
        Tensor?[] inputs =
        [
            Fill(batchFirst ? [batch, steps, size] : [steps, batch, size]), Fill([directions, gates * hidden, size]),
            Fill([directions, gates * hidden, hidden]), Fill([directions, 2 * gates * hidden]),
            new Tensor([batch], [.. Enumerable.Range(0, batch).Select(_ => (double)random.Next(steps + 1))], ElementType.Int32),
            Fill(states), Fill(states), Fill([directions, 3 * hidden]),
        ];
        for (var i = 3; i < inputs.Length; i++)
            inputs[i] = random.Next(3) == 0 ? null : inputs[i];
        return inputs[..random.Next(3, gates == 4 ? 9 : 7)];

        Tensor Fill(int[] shape) => new(shape, [.. Enumerable.Range(0, Tensor.CountOf(shape)).Select(_ => (2 * random.NextDouble()) - 1)]);
    }
}
