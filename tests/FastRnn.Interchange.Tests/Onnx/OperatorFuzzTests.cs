using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>All operators with inputs and attributes at random: small and empty tensors of all types, extreme integers. They compute
/// something or refuse, within their budget.</summary>
public sealed class OperatorFuzzTests
{
    private const int Runs = 1000;

    private static readonly long[] Integers = [0, 1, 2, 3, -1, -2, 7, 1 << 20, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];
    private static readonly double[] Numbers =
        [0, 1, -1, 0.5, 2, 3, -2, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly string[] Texts = ["add", "mul", "max", "constant", "wrap", "reflect", "edge", ""];
    private static readonly ElementType[] Types =
    [
        ElementType.Float32, ElementType.Float32, ElementType.Int64, ElementType.Int64, ElementType.Int32, ElementType.Boolean,
        ElementType.UInt8,
    ];

    // Recurrent operators hardly ever meet shapes that fit here: RecurrentFuzzTests.
    public static TheoryData<string> Operators => [.. OnnxOperators.Table.Keys.Except(["RNN", "GRU", "LSTM"])];

    [Theory]
    [MemberData(nameof(Operators))]
    public void An_operator_computes_or_refuses(string name)
    {
        var random = new Random(20261130);
        var row = OnnxOperators.Table[name];
        var computed = 0;
        for (var run = 0; run < Runs; run++)
        {
            var count = random.Next(row.LeastInputs, Math.Min(row.MostInputs, row.LeastInputs + 4) + 1);
            var values = row.Attributes.Where(_ => random.Next(3) == 0).ToDictionary(a => a, _ => Attribute(random));
            Tensor?[] inputs = Inputs(random, count);
            string[] outputs = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => $"o{i}")];
            var node = new OnnxNode(run, "", name, "", [.. inputs.Select((_, i) => $"i{i}")], outputs, new OnnxAttributes("node", values));
            try
            {
                OnnxOperators.Evaluate(node, inputs, random.Next(7, 28), new EvaluationBudget(1 << 16, 1 << 20));
                computed++;
            }
            catch (ForeignFileException e)
            {
                Assert.StartsWith("node", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.True(computed > 0, "always refused");
    }

    // Operators want tensors of one shape and type, or a tensor and lists of integers; sometimes they get something else.
    private static Tensor?[] Inputs(Random random, int count)
    {
        var shape = Shape(random);
        if (random.Next(3) == 0)
            Array.Fill(shape, random.Next(3));
        int[] list = [random.Next(4)];
        var type = Types[random.Next(Types.Length)];
        var kind = random.Next(3);
        return [.. Enumerable.Range(0, count).Select(i => random.Next(30) == 0 ? null
            : random.Next(20) == 0 ? Input(random, Shape(random), Types[random.Next(Types.Length)])
            : kind == 0 && i > 0 ? Input(random, list, ElementType.Int64)
            : kind == 1 && i % 2 == 1 ? Input(random, shape, ElementType.Int64)
            : Input(random, shape, type))];
    }

    private static int[] Shape(Random random) => [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(4))];

    private static Tensor Input(Random random, int[] shape, ElementType type)
    {
        var tensor = new Tensor(shape, type);
        for (var i = 0; i < tensor.Count; i++)
        {
            tensor.Values[i] = type == ElementType.Boolean ? random.Next(2)
                : type.IsFloating() ? Numbers[random.Next(Numbers.Length)]
                : Integers[random.Next(random.Next(2) == 0 ? 6 : Integers.Length)];
        }

        return tensor;
    }

    private static object Attribute(Random random) => random.Next(8) switch
    {
        0 or 1 or 2 => Integers[random.Next(random.Next(2) == 0 ? 6 : Integers.Length)],
        3 => Numbers[random.Next(Numbers.Length)],
        4 => Texts[random.Next(Texts.Length)],
        5 => Enumerable.Range(0, random.Next(5)).Select(_ => Integers[random.Next(Integers.Length)]).ToArray(),
        6 => Enumerable.Range(0, random.Next(5)).Select(_ => Numbers[random.Next(Numbers.Length)]).ToArray(),
        _ => new FileTensor("t", ElementType.UInt8, [1], new byte[1]),
    };
}
