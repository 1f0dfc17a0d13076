namespace FastRnn.Generators.Tests.Fuzz;

/// <summary>Writes random models over some cells.</summary>
internal static class RandomModel
{
    /// <summary>A model that is right.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="name">The class.</param>
    /// <param name="cells">Names of cells, and how many dimensions of their own they have.</param>
    public static string Write(Random random, string name, params (string Name, int OwnDimensions)[] cells)
    {
        List<string> attributes = random.Next(4) switch
        {
            0 => EncoderAndDecoder(random, cells),
            1 => [Input(random), .. Condition(random), .. Layers(random, cells), $"Pool(Pooling.{Pick(random, "Last", "Mean", "Max")})"],
            _ => [Input(random), .. Layers(random, cells)],
        };
        if (random.Next(2) == 0)
        {
            attributes.Add($"Dense({Size(random)})");
            attributes.Add(Pick(
                random, "SoftmaxCrossEntropy", "MeanSquaredError", "SigmoidBinaryCrossEntropy(Reduction = Reduction.Mean)",
                "SoftmaxCrossEntropy(LabelSmoothing = 0.1)", "MeanAbsoluteError", "Huber(Delta = 2)", "Quantile(0.5)",
                "PyTorchInitialization"));
        }

        return $"[Model]\n{string.Concat(attributes.Select(a => $"[{a}]\n"))}public sealed partial class {name};\n";
    }

    /// <summary>A list of attributes without order or measure.</summary>
    public static string WriteNonsense(Random random, string name, params (string Name, int OwnDimensions)[] cells)
    {
        var attributes = Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(9) switch
        {
            7 => Pick(
                random, "Encoder", "Decoder", "Decoder(Handover = (Handover)3)", "Pool(default)",
                $"Condition({Extreme(random)}, ConditionTarget.State)",
                $"Attention(AttentionScore.Additive, {Extreme(random)})", "Attention(AttentionScore.Dot)", "Dropout(double.NaN)",
                "Dropout(1e-300)"),
            8 => $"Layer<{cells[0].Name}>({Size(random)}, " + Pick(
                random, "Bidirectional = true", "RecurrentDropout = 0.5", "Zoneout = 0.25", "StateZoneout = new[] { 0.5 }",
                "InitialScale = -1", "Merge = Merge.Sum", "InitialState = InitialState.Learned") + ")",
            0 => Input(random),
            1 => $"Input({Extreme(random)})",
            2 => $"Embedding(Vocabulary = {Extreme(random)}, Size = {Extreme(random)})",
            3 => $"Layer<{Pick(random, [.. cells.Select(c => c.Name), "string", name, "int[]", "System.Collections.Generic.List<int>"])}>"
                + $"({Extreme(random)}, {Size(random)})",
            4 => $"Dense({Extreme(random)}, Activation = {Pick(random, "DenseActivation.Softmax", "(DenseActivation)(-1)", "default")})",
            5 => Pick(random, "MeanSquaredError", "SoftmaxCrossEntropy", "OneHot(Vocabulary = 3)", "Cell", "StoredTensor(null!)"),
            _ => $"Layer<{cells[0].Name}>({Size(random)}, null!)",
        });
        return $"[Model]\n{string.Concat(attributes.Select(a => $"[{a}]\n"))}public sealed partial class {name};\n";
    }

    /// <summary>Some layers, one of them recurrent, with dropout between them.</summary>
    private static List<string> Layers(Random random, (string Name, int OwnDimensions)[] cells)
    {
        var layers = new List<string> { Recurrent(random, cells) };
        for (var i = random.Next(3); i > 0; i--)
        {
            layers.Insert(random.Next(layers.Count + 1), random.Next(4) switch
            {
                0 => $"Dense({Size(random)}, Activation = DenseActivation.{Pick(random, "Linear", "Tanh", "Sigmoid", "Relu")})",
                1 => $"Dropout(0.{random.Next(10)})",
                _ => Recurrent(random, cells),
            });
        }

        return layers;
    }

    private static string Recurrent(Random random, (string Name, int OwnDimensions)[] cells)
    {
        var cell = cells[random.Next(cells.Length)];
        var own = string.Concat(Enumerable.Range(0, cell.OwnDimensions).Select(_ => $", {Size(random)}"));
        return $"Layer<{cell.Name}>({Size(random)}{own}"
                + Pick(random, "", "", "", ", Bidirectional = true", ", Bidirectional = true, Merge = Merge.Sum") + ")";
    }

    /// <summary>Initial states are said where nothing else gives any.</summary>
    private static string[] Condition(Random random) => random.Next(3) switch
    {
        0 => [$"Condition({Size(random)}, ConditionTarget.State)"],
        1 => [$"Condition({Size(random)}, ConditionTarget.FirstInput)"],
        _ => [],
    };

    private static List<string> EncoderAndDecoder(Random random, (string Name, int OwnDimensions)[] cells)
    {
        var encoder = Layers(random, cells);
        var handover = Pick(random, "Bridge", "None");
        List<string> attention = [$"Attention(AttentionScore.{Pick(random, "Dot", "ScaledDot", "Additive")}, {Size(random)})",
            $"Dense({Size(random)}, Activation = DenseActivation.Tanh)"];
        return
        [
            "Encoder", Input(random), .. encoder, $"Decoder(Handover = Handover.{handover})", Input(random),
            .. random.Next(3) == 0 ? [$"Condition({Size(random)}, ConditionTarget.FirstInput)"] : Array.Empty<string>(),
            .. Layers(random, cells)
            .Select(l => handover == "None" && random.Next(2) == 0 && l.StartsWith("Layer", StringComparison.Ordinal)
                ? l.Replace(")", ", InitialState = InitialState.Learned)", StringComparison.Ordinal) : l),
            .. attention,
        ];
    }

    private static string Input(Random random) => random.Next(3) switch
    {
        0 => $"Input({Size(random)})",
        1 => $"Embedding(Vocabulary = {Size(random)}, Size = {Size(random)})",
        _ => $"OneHot(Vocabulary = {Size(random)})",
    };

    private static int Size(Random random) => 1 + random.Next(40);

    private static string Extreme(Random random) =>
        Pick(random, "0", "-1", "1", "65536", "65537", "1048576", "int.MaxValue", "int.MinValue", "\"3\"", "1 << 20", "'a'");

    private static string Pick(Random random, params string[] items) => items[random.Next(items.Length)];
}
