using FastRnn.Interchange.Keras.Declarations;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>Keras' functions by name, in double.</summary>
internal static class KerasFunctions
{
    private static readonly Dictionary<string, Func<double, double>> Scalars = new(StringComparer.Ordinal)
    {
        ["linear"] = x => x,
        ["sigmoid"] = Sigmoid,
        ["tanh"] = Math.Tanh,
        ["relu"] = x => Math.Max(0, x),
        ["relu6"] = x => Math.Clamp(x, 0, 6),
        ["leaky_relu"] = x => x >= 0 ? x : 0.2 * x,
        ["elu"] = x => x >= 0 ? x : Expm1(x),
        ["selu"] = x => 1.0507009873554804934 * (x >= 0 ? x : 1.6732632423543772848 * Expm1(x)),
        ["softplus"] = x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        ["softsign"] = x => x / (1 + Math.Abs(x)),
        ["exponential"] = Math.Exp,
        ["silu"] = x => x * Sigmoid(x),
        ["swish"] = x => x * Sigmoid(x),
        ["hard_tanh"] = x => Math.Clamp(x, -1, 1),
    };

    /// <summary>The function that an option of a layer names.</summary>
    /// <exception cref="ForeignFileException">It is not known.</exception>
    public static VectorFunction Find(KerasLayer layer, string option, KerasVersion? version)
    {
        var name = layer.Function(option);
        if (name == "softmax")
            return Softmax;
        if (name == "log_softmax")
            return LogSoftmax;
        if (name == "hard_sigmoid")
        {
            var slope = version is null
                ? throw new ForeignFileException(
                    $"{layer.Where}: hard_sigmoid is another function from Keras 3 on, and no version is given")
                : version.IsThree ? 1.0 / 6 : 0.2;
            return Each(x => Math.Clamp((slope * x) + 0.5, 0, 1));
        }

        return Scalars.TryGetValue(name, out var function)
            ? Each(function)
            : throw new ForeignFileException($"{layer.Where}: '{option}': the function '{name}' is not known");
    }

    /// <summary>A function of each number.</summary>
    public static VectorFunction Each(Func<double, double> function) => values =>
    {
        foreach (ref var value in values)
            value = function(value);
    };

    public static void Softmax(Span<double> values)
    {
        LogSoftmax(values);
        foreach (ref var value in values)
            value = Math.Exp(value);
    }

    private static void LogSoftmax(Span<double> values)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in values)
            largest = Math.Max(largest, value);
        double sum = 0;
        foreach (var value in values)
            sum += Math.Exp(value - largest);
        foreach (ref var value in values)
            value -= largest + Math.Log(sum);
    }

    public static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
