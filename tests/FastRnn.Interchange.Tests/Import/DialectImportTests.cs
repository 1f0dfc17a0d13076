using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Tensors;
using FastRnn.Interchange.Tests.Onnx.Understanding;

namespace FastRnn.Interchange.Tests.Import;

/// <summary>Every dialect that ONNX' recurrent nodes can say becomes a cell whose kernels compute what the node computes.</summary>
public class DialectImportTests
{
    private const int Inputs = 3;
    private const int Hidden = 5;

    /// <summary>Operator, peepholes, attributes as <c>name=value</c>.</summary>
    public static TheoryData<string> Nodes =>
    [
        "LSTM", "LSTM P", "LSTM clip=0.3", "LSTM P clip=0.4", "LSTM input_forget=1", "LSTM P input_forget=1", "LSTM direction=reverse",
        "LSTM direction=bidirectional", "LSTM P direction=bidirectional clip=0.5", "LSTM noB", "LSTM noB P",
        "LSTM activations=HardSigmoid,Softsign,ScaledTanh activation_alpha=0.3,1.2 activation_beta=0.45,0.7",
        "LSTM activations=Sigmoid,Relu,Elu activation_alpha=0.8", "LSTM activations=Sigmoid,LeakyRelu,Tanh activation_alpha=0.05",
        "LSTM activations=Softplus,Affine,Sigmoid activation_alpha=0.4 activation_beta=0.1 clip=1",
        "LSTM activations=Softsign,Tanh,Softsign clip=0.6", "LSTM layout=1", "LSTM layout=1 direction=bidirectional",
        "GRU", "GRU linear_before_reset=1", "GRU clip=0.3", "GRU linear_before_reset=1 clip=0.3", "GRU noB",
        "GRU noB linear_before_reset=1",
        "GRU direction=reverse", "GRU direction=bidirectional linear_before_reset=1", "GRU layout=1 linear_before_reset=1",
        "GRU activations=HardSigmoid,Relu", "GRU linear_before_reset=1 activations=Softsign,Elu activation_alpha=0.5",
        "RNN", "RNN noB", "RNN activations=Relu", "RNN activations=Sigmoid",
        "RNN activations=ScaledTanh activation_alpha=0.9 activation_beta=0.8",
        "RNN activations=ThresholdedRelu activation_alpha=0.1", "RNN activations=ThresholdedRelu activation_alpha=-0.2",
        "LSTM activations=Sigmoid,ThresholdedRelu,ThresholdedRelu activation_alpha=0.2,0.05",
        "GRU activations=Sigmoid,ThresholdedRelu activation_alpha=0.3 clip=0.9",
        "RNN activations=Softplus clip=0.5", "RNN activations=Elu noB clip=0.7", "RNN direction=bidirectional", "RNN direction=reverse",
    ];

    [Theory]
    [MemberData(nameof(Nodes))]
    public void A_node_becomes_a_cell(string node)
    {
        using var imported = Import(Graph(node, states: false, lengths: false));
        Assert.Empty(imported.Differences());
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(0.1f)]
    [InlineData(-1f)]
    [InlineData(-0.7f)]
    [InlineData(1e-20f)]
    [InlineData(3e30f)]
    public void A_threshold_is_a_step_at_every_number_of_single_precision(float alpha)
    {
        float[] x =
        [
            alpha, MathF.BitDecrement(alpha), MathF.BitIncrement(alpha), -alpha, 2 * alpha, alpha / 2, 0, 1, -1, 1e-20f, -1e-20f, 1e38f,
            -1e38f, 1000, 0.5f,
        ];
        using var imported = Import(new GraphBuilder().Input("x", "T", "B", 1).Numbers("W", [1, 1, 1], 1).Numbers("R", [1, 1, 1], 0)
            .Node("RNN", "x W R -> raw", ("hidden_size", 1), ("activations", new[] { "ThresholdedRelu" }),
                ("activation_alpha", new[] { alpha }))
            .Integers("one", 1).Node("Squeeze", "raw one -> y").Output("y", "T", "B", 1));
        var inputs = new Dictionary<string, Tensor> { ["x"] = new([1, x.Length, 1], [.. x.Select(v => (double)v)]) };
        double[] expected = [.. x.Select(v => v >= alpha ? v : 0.0)];
        Assert.Equal(expected, imported.Run(inputs)["y"].Values);
        Assert.Equal(expected, imported.Foreign.File.Run(inputs)["y"].Values);
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("LSTM P direction=bidirectional")]
    [InlineData("GRU linear_before_reset=1")]
    [InlineData("RNN direction=bidirectional")]
    public void Lengths_and_states_go_in_and_out(string node)
    {
        using var imported = Import(Graph(node, states: true, lengths: true));
        Assert.Empty(imported.Differences());
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("GRU direction=bidirectional")]
    public void A_sequence_of_length_0_gives_its_first_states_back(string node)
    {
        using var imported = Import(Graph(node, states: true, lengths: true));
        var directions = node.Contains("bidirectional", StringComparison.Ordinal) ? 2 : 1;
        var inputs = new Dictionary<string, Tensor>
        {
            ["x"] = new GraphBuilder().Data(4, 3, Inputs),
            ["lengths"] = new([3], [2, 0, 4], ElementType.Int64),
            ["h0"] = new GraphBuilder().Data(directions, 3, Hidden),
        };
        if (node.StartsWith("LSTM", StringComparison.Ordinal))
            inputs["c0"] = new GraphBuilder().Data(directions, 3, Hidden);

        var outputs = imported.Run(inputs);
        foreach (var (name, right) in imported.Foreign.File.Run(inputs))
            Assert.InRange(Certifier.Difference(outputs[name], right), 0, 2e-6);
        for (var d = 0; d < directions; d++)
        {
            for (var k = 0; k < Hidden; k++)
                Assert.Equal(inputs["h0"].Values[(((d * 3) + 1) * Hidden) + k], outputs["yh"].Values[(((d * 3) + 1) * Hidden) + k]);
        }
    }

    private static Imported Import(GraphBuilder graph) => new(ForeignNetwork.Of("test.onnx", new OnnxFile(graph.Build())));

    private static GraphBuilder Graph(string node, bool states, bool lengths)
    {
        var words = node.Split(' ');
        var gates = words[0] switch
        {
            "LSTM" => 4,
            "GRU" => 3,
            _ => 1,
        };
        var directions = words.Contains("direction=bidirectional") ? 2 : 1;
        var isLstm = gates == 4;
        var batchFirst = words.Contains("layout=1");
        object?[] x = batchFirst ? ["B", "T", Inputs] : ["T", "B", Inputs];
        var graph = new GraphBuilder().Input("x", x).Recurrent(gates, Inputs, Hidden, directions);
        if (lengths)
            graph.Tokens("lengths", "B").Node("Cast", "lengths -> lengths32", ("to", 6));
        if (states)
        {
            graph.Input("h0", directions, "B", Hidden);
            if (isLstm)
                graph.Input("c0", directions, "B", Hidden);
        }

        var peepholes = words.Contains("P");
        if (peepholes)
            graph.Weight("P", directions, 3 * Hidden);
        var inputs = $"x W R {(words.Contains("noB") ? "_" : "B")} {(lengths ? "lengths32" : "_")} {(states ? "h0" : "_")}"
            + (isLstm ? $" {(states ? "c0" : "_")}" : "") + (peepholes ? " P" : "");
        var outputs = states ? isLstm ? "raw yh yc" : "raw yh" : "raw";
        (string, object)[] attributes = [("hidden_size", Hidden), .. words.Skip(1).Where(w => w.Contains('=')).Select(Attribute)];
        graph.Node(words[0], $"{inputs} -> {outputs}", attributes);
        Merge(graph, batchFirst, directions);
        if (states)
        {
            graph.Output("yh", directions, "B", Hidden);
            if (isLstm)
                graph.Output("yc", directions, "B", Hidden);
        }

        return graph;
    }

    // [T, D, B, H], or [B, T, D, H] with layout 1, to [T, B, D H] or [B, T, D H].
    private static void Merge(GraphBuilder graph, bool batchFirst, int directions)
    {
        graph.Integers("shape", 0, 0, directions * Hidden);
        if (batchFirst)
        {
            graph.Node("Reshape", "raw shape -> y").Output("y", "B", "T", directions * Hidden);
            return;
        }

        graph.Node("Transpose", "raw -> turned", ("perm", new long[] { 0, 2, 1, 3 })).Node("Reshape", "turned shape -> y")
            .Output("y", "T", "B", directions * Hidden);
    }

    private static (string Name, object Value) Attribute(string word)
    {
        var (name, value) = (word[..word.IndexOf('=')], word[(word.IndexOf('=') + 1)..]);
        return name switch
        {
            "direction" => (name, value),
            "activations" => (name, value.Split(',')),
            "activation_alpha" or "activation_beta" => (name, value.Split(',').Select(Number).ToArray()),
            "clip" => (name, Number(value)),
            _ => (name, int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
        };

        static float Number(string text) => float.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }
}
