using System.Text.Json;

using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras.Declarations;

namespace FastRnn.Interchange.Keras.Understanding;

/// <summary>What a model says of its input.</summary>
/// <param name="Batch">The only number of sequences; null for any.</param>
/// <param name="Steps">The only number of steps; null for any.</param>
/// <param name="Size">Length of a step's vector; 0 if the model does not say, or for tokens.</param>
/// <param name="Rank">Number of dimensions; 0 if the model does not say.</param>
internal sealed record KerasInput(int? Batch, int? Steps, int Size, int Rank)
{
    /// <summary>Reads the shape of an InputLayer, or of the first layer in Keras 2.</summary>
    public static KerasInput Read(KerasLayer first, Findings findings)
    {
        if (first.Flag("sparse", false) || first.Flag("ragged", false))
            findings.Problem($"{first.Where}: sparse and ragged inputs are not understood");
        if ((first.Option("batch_shape") ?? first.Option("batch_input_shape")) is not { } shape)
            return new KerasInput(null, null, 0, 0);

        var sizes = shape.ValueKind == JsonValueKind.Array ? shape.EnumerateArray().Select(SizeOf).ToList() : [];
        if (sizes.Count is not (2 or 3) || sizes.Contains(-1))
        {
            findings.Problem($"{first.Where}: expected an input [batch, steps] of tokens or [batch, steps, size], got {shape}");
            return new KerasInput(null, null, 0, 0);
        }

        return new KerasInput(OrAny(sizes[0]), OrAny(sizes[1]), sizes.Count == 3 ? sizes[2] : 0, sizes.Count);
    }

    private static int? OrAny(int size) => size == 0 ? null : size;

    // None is any size; what is no size gives -1.
    private static int SizeOf(JsonElement size) => size.ValueKind switch
    {
        JsonValueKind.Null => 0,
        JsonValueKind.Number when size.TryGetInt32(out var number) && number > 0 => number,
        _ => -1,
    };
}
