using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The activation functions of a recurrent node: one (RNN: f), two (GRU: f, g) or three (LSTM: f, g, h) for each direction.
/// activation_alpha and activation_beta are consumed, in order, by the functions that have such a parameter.</summary>
internal static class RecurrentFunctions
{
    private static readonly Dictionary<RecurrentKind, string[]> Defaults = new()
    {
        [RecurrentKind.Rnn] = ["Tanh"],
        [RecurrentKind.Lstm] = ["Sigmoid", "Tanh", "Tanh"],
        [RecurrentKind.Gru] = ["Sigmoid", "Tanh"],
    };

    // Names without regard to case, as the standard's are written in both ways; the standard's defaults; NaN: there is none.
    private static readonly Dictionary<string, Parameters> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Relu"] = new(FunctionKind.Relu),
        ["Tanh"] = new(FunctionKind.Tanh),
        ["Sigmoid"] = new(FunctionKind.Sigmoid),
        ["Affine"] = new(FunctionKind.Affine, double.NaN, double.NaN),
        ["LeakyRelu"] = new(FunctionKind.LeakyRelu, 0.01f),
        ["ThresholdedRelu"] = new(FunctionKind.ThresholdedRelu, 1),
        ["ScaledTanh"] = new(FunctionKind.ScaledTanh, double.NaN, double.NaN),
        ["HardSigmoid"] = new(FunctionKind.HardSigmoid, 0.2f, 0.5f),
        ["Elu"] = new(FunctionKind.Elu, 1),
        ["Softsign"] = new(FunctionKind.Softsign),
        ["Softplus"] = new(FunctionKind.Softplus),
    };

    /// <summary>Reads the functions.</summary>
    /// <returns>For each direction its functions; null if they are not understood, which is noted.</returns>
    public static IReadOnlyList<IReadOnlyList<FunctionUse>>? Read(NodeCall call, RecurrentKind kind, int directions)
    {
        var each = Defaults[kind].Length;
        var names = call.Attributes.Texts("activations") ?? [.. Enumerable.Repeat(Defaults[kind], directions).SelectMany(n => n)];
        if (names.Count != each * directions)
        {
            call.Refuse($"activations: expected {each} for each of {directions} directions, got [{string.Join(", ", names)}]");
            return null;
        }

        var unknown = names.Where(n => !Functions.ContainsKey(n)).ToList();
        if (unknown.Count > 0)
        {
            call.Refuse($"activations: [{string.Join(", ", unknown)}] are not known; known are {string.Join(", ", Functions.Keys)}");
            return null;
        }

        var alphas = new Queue<double>(call.Attributes.Numbers("activation_alpha") ?? []);
        var betas = new Queue<double>(call.Attributes.Numbers("activation_beta") ?? []);
        var uses = new List<FunctionUse>();
        foreach (var name in names)
        {
            var function = Functions[name];
            var (alpha, beta) = (Next(alphas, function.Alpha), Next(betas, function.Beta));
            if (double.IsNaN(alpha) || double.IsNaN(beta))
            {
                call.Refuse($"activations: {name} needs its alpha and beta: the standard has no defaults, and ONNX Runtime takes 0");
                return null;
            }

            if (function.Kind == FunctionKind.ThresholdedRelu && !call.Attributes.Has("activation_alpha"))
                call.Run.Findings.Assume("ThresholdedRelu without alpha: 1, as the standard says (ONNX Runtime 1.31 takes 0)");
            uses.Add(function.Kind == FunctionKind.ThresholdedRelu ? Threshold(call, alpha) : new FunctionUse(function.Kind, alpha, beta));
        }

        if (alphas.Count + betas.Count > 0 && names.All(n => Functions[n] is { Alpha: null, Beta: null }))
            call.Run.Findings.Assume($"{call.Node.Place}: activation_alpha and activation_beta belong to no function");
        else if (alphas.Count + betas.Count > 0)
        {
            call.Refuse($"activation_alpha or activation_beta: {alphas.Count + betas.Count} numbers more than the functions "
                + $"[{string.Join(", ", names)}] have parameters");
            return null;
        }

        return [.. uses.Chunk(each)];
    }

    // In a recurrent node alpha itself passes, which the operator ThresholdedRelu cuts.
    private static FunctionUse Threshold(NodeCall call, double alpha)
    {
        call.Run.Findings.Assume(
            $"{call.Node.Place}: ThresholdedRelu jumps at its alpha: a sum that close to it that rounding decides falls on either side");
        return FunctionUse.AtLeast(alpha);
    }

    private static double Next(Queue<double> given, double? otherwise) =>
        otherwise is null ? 0 : given.TryDequeue(out var value) ? value : otherwise.Value;

    private sealed record Parameters(FunctionKind Kind, double? Alpha = null, double? Beta = null);
}
