using FastRnn.Interchange.Keras.Declarations;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>A function of each step's vector: Activation, ReLU, LeakyReLU, ELU, ThresholdedReLU, Softmax, Rescaling.</summary>
internal sealed class FunctionRule(VectorFunction function) : IKerasRule
{
    public KerasFlow Apply(KerasFlow input)
    {
        for (var b = 0; b < input.Batch; b++)
        {
            for (var t = 0; t < input.Steps; t++)
                function(input.Vector(b, t));
        }

        return input;
    }

    /// <summary>The rule of one of these layers.</summary>
    public static IKerasRule Of(KerasLayer layer, KerasVersion? version) => layer.Kind switch
    {
        KerasKind.Activation => new FunctionRule(KerasFunctions.Find(layer, "activation", version)),
        KerasKind.Relu => Relu(layer),
        KerasKind.LeakyRelu => Leaky(layer.Number("negative_slope", "alpha", 0.3)),
        KerasKind.Elu => Elu(layer.Number("alpha", 1)),
        KerasKind.ThresholdedRelu => Threshold(layer.Number("theta", 1)),
        KerasKind.Rescaling => Rescaling(layer),
        _ => throw new ForeignFileException($"{layer.Where} is not run"),
    };

    private static FunctionRule Relu(KerasLayer layer)
    {
        var most = layer.Number("max_value", double.PositiveInfinity);
        var slope = layer.Number("negative_slope", 0);
        var threshold = layer.Number("threshold", 0);
        return Each(x => x >= most ? most : x >= threshold ? x : slope * (x - threshold));
    }

    private static FunctionRule Leaky(double slope) => Each(x => x >= 0 ? x : slope * x);

    private static FunctionRule Elu(double alpha) => Each(x => x >= 0 ? x : alpha * KerasFunctions.Expm1(x));

    private static FunctionRule Threshold(double theta) => Each(x => x > theta ? x : 0);

    private static FunctionRule Rescaling(KerasLayer layer)
    {
        if (!layer.IsNumber("scale") || !layer.IsNumber("offset"))
            throw new ForeignFileException($"{layer.Where}: expected single numbers as scale and offset");
        var (scale, offset) = (layer.Number("scale", 1), layer.Number("offset", 0));
        return Each(x => (x * scale) + offset);
    }

    private static FunctionRule Each(Func<double, double> function) => new(KerasFunctions.Each(function));
}
