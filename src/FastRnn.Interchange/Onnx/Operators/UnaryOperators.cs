using FastRnn.Interchange.Tensors;

using static FastRnn.Interchange.Onnx.Operators.ScalarFunctions;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Operators of one tensor, element by element.</summary>
internal static class UnaryOperators
{
    public static IEnumerable<Operator> Table { get; } =
    [
        Row("Neg", _ => x => -x),
        Row("Abs", _ => Math.Abs),
        Row("Sign", _ => x => double.IsNaN(x) ? x : Math.Sign(x)),
        Row("Sqrt", _ => Math.Sqrt),
        Row("Exp", _ => Math.Exp),
        Row("Log", _ => Math.Log),
        Row("Reciprocal", _ => x => 1 / x),
        Row("Erf", _ => Erf),
        Row("Floor", _ => Math.Floor),
        Row("Ceil", _ => Math.Ceiling),
        Row("Round", _ => Math.Round),
        Row("Not", _ => x => x == 0 ? 1 : 0),
        Row("Relu", _ => Relu),
        Row("Sigmoid", _ => Sigmoid),
        Row("Tanh", _ => Math.Tanh),
        Row("Softsign", _ => Softsign),
        Row("Softplus", _ => Softplus),
        Row("HardSwish", _ => x => x * HardSigmoid(x, 1.0 / 6, 0.5)),
        Row("LeakyRelu", Alpha(LeakyReluAlpha, LeakyRelu), "alpha"),
        Row("ThresholdedRelu", Alpha(1, ThresholdedRelu), "alpha"),
        Row("Elu", Alpha(1, Elu), "alpha"),
        Row("HardSigmoid", HardSigmoidOf, "alpha", "beta"),
        Row("Selu", SeluOf, "alpha", "gamma"),
        Operator.One("Clip", 1, 3, Clip, "min", "max"),
    ];

    private static Operator Row(string name, Func<OnnxAttributes, Func<double, double>> function, params string[] attributes) =>
        Operator.One(name, 1, 1, call => Apply(call, function(call.Attributes)), attributes);

    private static Func<OnnxAttributes, Func<double, double>> Alpha(double otherwise, Func<double, double, double> function) =>
        attributes =>
        {
            var alpha = attributes.Number("alpha", otherwise);
            return x => function(x, alpha);
        };

    private static Func<double, double> HardSigmoidOf(OnnxAttributes attributes)
    {
        var (alpha, beta) = (attributes.Number("alpha", HardSigmoidAlpha), attributes.Number("beta", HardSigmoidBeta));
        return x => HardSigmoid(x, alpha, beta);
    }

    private static Func<double, double> SeluOf(OnnxAttributes attributes)
    {
        var alpha = attributes.Number("alpha", 1.67326319217681884765625);
        var gamma = attributes.Number("gamma", 1.05070102214813232421875);
        return x => gamma * (x > 0 ? x : alpha * (Math.Exp(x) - 1));
    }

    // Bounds are attributes before opset 11 and scalars since; where the lower one is above the upper one, the upper one counts.
    private static Tensor Clip(NodeCall call)
    {
        var isInput = call.Opset >= 11;
        if (isInput ? call.Attributes.Has("min") || call.Attributes.Has("max") : call.InputCount > 1)
            throw call.Wrong($"bounds are {(isInput ? "inputs" : "attributes")} in opset {call.Opset}");
        var least = isInput ? Bound(1, double.NegativeInfinity) : call.Attributes.Number("min", double.NegativeInfinity);
        var most = isInput ? Bound(2, double.PositiveInfinity) : call.Attributes.Number("max", double.PositiveInfinity);
        return Apply(call, x => Math.Min(Math.Max(x, least), most));

        double Bound(int input, double otherwise) => call.Find(input) is null ? otherwise : call.Scalar(input);
    }

    private static Tensor Apply(NodeCall call, Func<double, double> function)
    {
        var x = call[0];
        var result = call.New(x.Shape, x.Type);
        for (var i = 0; i < result.Count; i++)
            result.Values[i] = Numbers.Wrap(function(x.Values[i]), x.Type);
        return result;
    }
}
