using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>What all audio models have in common: one input "x" and one output "y", both <c>[Batch, Time, Feature]</c>, where a feature is
/// a channel or a knob. The formats themselves speak of one stream; a batch is some of them.</summary>
internal static class AudioSequence
{
    public const string InputName = "x";

    public const string OutputName = "y";

    /// <summary>The layout.</summary>
    public static Signature Signature { get; } = new(
        new TensorPort(InputName, [Axis.Batch, Axis.Time, Axis.Feature]),
        new TensorPort(OutputName, [Axis.Batch, Axis.Time, Axis.Feature]));

    /// <summary>The input <c>[B, T, F]</c>.</summary>
    /// <exception cref="ForeignFileException">It is missing or has another shape.</exception>
    public static Tensor Input(IReadOnlyDictionary<string, Tensor> inputs, int features)
    {
        if (inputs.Count != 1 || !inputs.TryGetValue(InputName, out var input))
            throw new ForeignFileException($"expected one input '{InputName}', got {string.Join(", ", inputs.Keys.Select(n => $"'{n}'"))}");
        if (input.Rank != 3 || input.Shape[2] != features)
            throw new ForeignFileException($"input '{InputName}': expected [Batch, Time, {features}], got {input.ShapeText()}");
        return input;
    }

    /// <summary>The output <c>[B, T, F]</c>.</summary>
    public static IReadOnlyDictionary<string, Tensor> Output(Tensor output) => new Dictionary<string, Tensor> { [OutputName] = output };
}
