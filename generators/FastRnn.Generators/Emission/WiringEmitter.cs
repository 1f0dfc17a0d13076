using FastRnn.CompilerServices;
using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Emission;

/// <summary>Emits how the layers of a model stand.</summary>
internal static class WiringEmitter
{
    private const string Models = "global::FastRnn.CompilerServices.";

    /// <summary>The last argument of a layer.</summary>
    public static string Layer(WiringGraph wiring)
    {
        var starts = string.Join(", ", wiring.Starts.Select(Start));
        var rate = wiring.Rate == 0 ? "" : ", Rate: " + CodeWriter.Float(wiring.Rate);
        var activation = wiring.Activation == DenseActivation.Linear
            ? "" : $", Activation: global::FastRnn.DenseActivation.{wiring.Activation}";
        return $"new({Models}LayerOperation.{wiring.Operation}, {Models}TimeDomain.{wiring.Domain}, "
            + $"[{string.Join(", ", wiring.Sources.Select(Source))}], [{starts}]{rate}{activation})";
    }

    /// <summary>The last arguments of a model.</summary>
    public static string Inputs(ModelGraph model)
    {
        var source = model.Source is { } s
            ? $", Source: new(global::FastRnn.InputKind.{s.Input}, InputSize: {CodeWriter.Number(s.InputSize)}, "
                + $"Vocabulary: {CodeWriter.Number(s.Vocabulary)})"
                + (s.Input == InputKind.Mixed ? $" {{ Inputs = {Several(s.Inputs)} }}" : "")
            : "";
        return source + (model.ConditionSize > 0 ? ", ConditionSize: " + CodeWriter.Number(model.ConditionSize) : "");
    }

    /// <summary>Inputs side by side.</summary>
    public static string Several(EquatableArray<InputGraph> inputs) => "[" + string.Join(", ", inputs.Select(input =>
        $"new(global::FastRnn.InputKind.{input.Kind}, Size: {CodeWriter.Number(input.Size)}, "
            + $"Vocabulary: {CodeWriter.Number(input.Vocabulary)})")) + "]";

    private static string Source(int source) => source switch
    {
        WiringGraph.MainInput => Models + "LayerWiring.MainInput",
        WiringGraph.SourceInput => Models + "LayerWiring.SourceInput",
        WiringGraph.ConditionInput => Models + "LayerWiring.ConditionInput",
        _ => CodeWriter.Number(source),
    };

    private static string Start(StartGraph start)
    {
        var (index, state, value) = (CodeWriter.Number(start.Index), CodeWriter.Number(start.State), CodeWriter.Float(start.Value));
        var rest = start.Kind switch
        {
            StartKind.Zero => "",
            StartKind.Random or StartKind.Mask => ", Value: " + value,
            StartKind.Zoneout => $", {index}, Value: {value}",
            StartKind.LastState or StartKind.Masked => $", {index}, {state}",
            _ => ", " + index,
        };
        return $"new({Models}StartKind.{start.Kind}{rest})";
    }
}
