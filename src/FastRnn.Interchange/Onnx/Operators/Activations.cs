using static FastRnn.Interchange.Onnx.Operators.ScalarFunctions;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>The activations of recurrent operators. <c>activation_alpha</c> and <c>activation_beta</c> are lists from which only those take
/// a number that have such a parameter, in the order of the activations; where a list has come to its end, ONNX's default of the operator
/// of the same name counts.</summary>
internal static class Activations
{
    private sealed record Activation(
        bool HasAlpha, bool HasBeta, double? Alpha, double? Beta, Func<double, double, double, double> Function);

    // Affine and ScaledTanh are no operators of these opsets, so nothing says their defaults. ThresholdedRelu passes alpha itself, which
    // the operator of this name does not. Some exporters write names in small letters, which ONNX Runtime takes, too (for LSTM and GRU).
    private static readonly Dictionary<string, Activation> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Relu"] = Plain(Relu),
        ["Tanh"] = Plain(Math.Tanh),
        ["Sigmoid"] = Plain(Sigmoid),
        ["Softsign"] = Plain(Softsign),
        ["Softplus"] = Plain(Softplus),
        ["LeakyRelu"] = new(true, false, LeakyReluAlpha, null, (x, alpha, _) => LeakyRelu(x, alpha)),
        ["ThresholdedRelu"] = new(true, false, 1, null, (x, alpha, _) => x >= alpha ? x : 0),
        ["Elu"] = new(true, false, 1, null, (x, alpha, _) => Elu(x, alpha)),
        ["HardSigmoid"] = new(true, true, HardSigmoidAlpha, HardSigmoidBeta, HardSigmoid),
        ["Affine"] = new(true, true, null, null, (x, alpha, beta) => (alpha * x) + beta),
        ["ScaledTanh"] = new(true, true, null, null, (x, alpha, beta) => alpha * Math.Tanh(beta * x)),
    };

    /// <summary>Reads the activations of a node.</summary>
    /// <param name="call">The node.</param>
    /// <param name="directions">1 or 2.</param>
    /// <param name="defaults">The names where the node says none, of one direction.</param>
    /// <returns>The functions of the first direction, then those of the second; each cuts what it gets, where the node has a
    /// clip.</returns>
    public static Func<double, double>[] Read(NodeCall call, int directions, params string[] defaults)
    {
        var names = call.Attributes.Texts("activations") ?? [.. Enumerable.Repeat(defaults, directions).SelectMany(d => d)];
        if (names.Count != directions * defaults.Length)
            throw call.Wrong($"expected {directions * defaults.Length} activations, got [{string.Join(", ", names)}]");

        var alphas = new Queue<double>(call.Attributes.Numbers("activation_alpha") ?? []);
        var betas = new Queue<double>(call.Attributes.Numbers("activation_beta") ?? []);
        var clip = call.Attributes.Has("clip") ? call.Attributes.Number("clip", 0) : double.PositiveInfinity;
        if (!(clip >= 0))
            throw call.Wrong($"a clip of {clip}");
        Func<double, double>[] functions = [.. names.Select(name => Function(call, name, alphas, betas, clip))];
        if (alphas.Count + betas.Count > 0)
        {
            throw call.Wrong(
                $"[{string.Join(", ", names)}] leave {alphas.Count} of activation_alpha and {betas.Count} of activation_beta over");
        }

        return functions;
    }

    private static Func<double, double> Function(NodeCall call, string name, Queue<double> alphas, Queue<double> betas, double clip)
    {
        var activation = Table.GetValueOrDefault(name) ?? throw call.Wrong($"activation '{name}' is not known");
        var alpha = Take(activation.HasAlpha, alphas, activation.Alpha, "alpha");
        var beta = Take(activation.HasBeta, betas, activation.Beta, "beta");
        return x => activation.Function(Math.Clamp(x, -clip, clip), alpha, beta);

        double Take(bool has, Queue<double> list, double? otherwise, string what)
        {
            if (!has)
                return 0;
            return list.TryDequeue(out var value) ? value : otherwise ?? throw call.Wrong($"activation '{name}' has no {what}");
        }
    }

    private static Activation Plain(Func<double, double> function) => new(false, false, null, null, (x, _, _) => function(x));
}
