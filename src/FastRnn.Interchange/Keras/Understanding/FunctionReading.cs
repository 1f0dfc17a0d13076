using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Keras.Understanding;

/// <summary>Keras' functions in the words of networks.</summary>
internal sealed class FunctionReading(KerasVersion? version, Findings findings)
{
    private static readonly Dictionary<string, FunctionUse> Known = new(StringComparer.Ordinal)
    {
        ["linear"] = FunctionUse.Identity,
        ["sigmoid"] = FunctionUse.Sigmoid,
        ["tanh"] = FunctionUse.Tanh,
        ["relu"] = FunctionUse.Relu,
        ["relu6"] = new(FunctionKind.HardTanh, 0, 6),
        ["leaky_relu"] = new(FunctionKind.LeakyRelu, 0.2),
        ["elu"] = new(FunctionKind.Elu, 1),
        ["selu"] = new(FunctionKind.Selu, 1.6732632423543772848, 1.0507009873554804934),
        ["softplus"] = new(FunctionKind.Softplus),
        ["softsign"] = new(FunctionKind.Softsign),
        ["exponential"] = new(FunctionKind.Exp),
        ["silu"] = new(FunctionKind.Silu),
        ["swish"] = new(FunctionKind.Silu),
        ["hard_tanh"] = new(FunctionKind.HardTanh, -1, 1),
    };

    /// <summary>The function that an option names; the identity, and a problem, if it is not known.</summary>
    public FunctionUse Read(KerasLayer layer, string option)
    {
        var name = layer.Function(option);
        if (name == "hard_sigmoid")
            return HardSigmoid(layer);
        if (Known.TryGetValue(name, out var function))
            return function;
        findings.Problem($"{layer.Where}: '{option}': the function '{name}' is not known; known are {string.Join(", ", Known.Keys)}");
        return FunctionUse.Identity;
    }

    /// <summary>The function of a layer that is nothing else: ReLU and its kin.</summary>
    public FunctionUse Read(KerasLayer layer) => layer.Kind switch
    {
        KerasKind.LeakyRelu => new FunctionUse(FunctionKind.LeakyRelu, layer.Number("negative_slope", "alpha", 0.3)),
        KerasKind.Elu => new FunctionUse(FunctionKind.Elu, layer.Number("alpha", 1)),
        KerasKind.ThresholdedRelu => new FunctionUse(FunctionKind.ThresholdedRelu, layer.Number("theta", 1)),
        KerasKind.Relu => Relu(layer),
        _ => Read(layer, "activation"),
    };

    private FunctionUse HardSigmoid(KerasLayer layer)
    {
        if (version is null)
        {
            findings.Problem(
                $"{layer.Where}: hard_sigmoid is 0.2 x + 0.5 in Keras 2 and x / 6 + 0.5 in Keras 3, and the file does not say its version; "
                    + "give a metadata.json or a .keras file beside it");
            return FunctionUse.Identity;
        }

        findings.Assume($"hard_sigmoid is {(version.IsThree ? "x / 6" : "0.2 x")} + 0.5, as in Keras {version.Text}");
        return new FunctionUse(FunctionKind.HardSigmoid, version.IsThree ? 1.0 / 6 : 0.2, 0.5);
    }

    private FunctionUse Relu(KerasLayer layer)
    {
        double? most = layer.Option("max_value") is null ? null : layer.Number("max_value", 0);
        var (slope, threshold) = (layer.Number("negative_slope", 0), layer.Number("threshold", 0));
        switch (most, slope, threshold)
        {
            case (null, 0, 0):
                return FunctionUse.Relu;
            case (null, _, 0):
                return new FunctionUse(FunctionKind.LeakyRelu, slope);
            case (null, 0, > 0):
                return FunctionUse.AtLeast(threshold);
            case ( >= 0, 0, 0):
                return new FunctionUse(FunctionKind.HardTanh, 0, most.Value);
            default:
                findings.Problem(
                    $"{layer.Where}: max_value {most}, negative_slope {slope} and threshold {threshold} together are not known");
                return FunctionUse.Identity;
        }
    }
}
