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
        var attributes = new List<string> { Input(random) };
        for (var i = 1 + random.Next(3); i > 0; i--)
        {
            var cell = cells[random.Next(cells.Length)];
            var own = string.Concat(Enumerable.Range(0, cell.OwnDimensions).Select(_ => $", {Size(random)}"));
            attributes.Add(random.Next(4) == 0
                ? $"Dense({Size(random)}, Activation = DenseActivation.{Pick(random, "Linear", "Tanh", "Sigmoid", "Relu")})"
                : $"Layer<{cell.Name}>({Size(random)}{own})");
        }

        if (random.Next(2) == 0)
        {
            attributes.Add($"Dense({Size(random)})");
            attributes.Add(Pick(
                random, "SoftmaxCrossEntropy", "MeanSquaredError", "SigmoidBinaryCrossEntropy(Reduction = Reduction.Mean)",
                "PyTorchInitialization"));
        }

        return $"[Model]\n{string.Concat(attributes.Select(a => $"[{a}]\n"))}public sealed partial class {name};\n";
    }

    /// <summary>A list of attributes without order or measure.</summary>
    public static string WriteNonsense(Random random, string name, params (string Name, int OwnDimensions)[] cells)
    {
        var attributes = Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(7) switch
        {
            0 => Input(random),
            1 => $"Input({Extreme(random)})",
            2 => $"Embedding(Vocabulary = {Extreme(random)}, Size = {Extreme(random)})",
            3 => $"Layer<{Pick(random, [.. cells.Select(c => c.Name), "string", name, "int[]", "System.Collections.Generic.List<int>"])}>({Extreme(random)}, {Size(random)})",
            4 => $"Dense({Extreme(random)}, Activation = {Pick(random, "DenseActivation.Softmax", "(DenseActivation)(-1)", "default")})",
            5 => Pick(random, "MeanSquaredError", "SoftmaxCrossEntropy", "OneHot(Vocabulary = 3)", "Cell", "StoredTensor(null!)"),
            _ => $"Layer<{cells[0].Name}>({Size(random)}, null!)",
        });
        return $"[Model]\n{string.Concat(attributes.Select(a => $"[{a}]\n"))}public sealed partial class {name};\n";
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
