using FastRnn.CompilerServices;

namespace FastRnn.Execution;

/// <summary>Whether a model can run with weights of a format.</summary>
internal static class WeightFormatCheck
{
    /// <summary>Checks the format that options ask for.</summary>
    /// <exception cref="ArgumentNullException">There is no list of layers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format or layer, or a layer is too wide for it.</exception>
    /// <exception cref="NotSupportedException">The program was made without it.</exception>
    public static void Check(ModelInfo info, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.Float32Layers, "options.Float32Layers");
        foreach (var layer in options.Float32Layers)
        {
            if (layer < 0 || layer >= info.Layers.Count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(options), layer, $"Float32Layers: {info.Name} has layers 0 to {info.Layers.Count - 1}.");
            }
        }

        if (options.Weights is WeightFormat.Float32 or WeightFormat.BFloat16)
        {
            return;
        }

        if (options.Weights != WeightFormat.Int8)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Weights, "Weights: expected Float32, BFloat16 or Int8.");
        }

        if (!Int8Product.IsSupported)
        {
            throw new NotSupportedException(
                "Weights: this program was made without Int8. A native one has it if its project says FastRnnInt8=true.");
        }

        for (var l = 0; l < info.Layers.Count; l++)
        {
            if (!options.Float32Layers.Contains(l))
            {
                Check(info.Layers[l], options);
            }
        }
    }

    private static void Check(LayerInfo layer, RunOptions options)
    {
        foreach (var operand in layer.Layouts.SelectMany(layout => layout.Forward).SelectMany(panel => panel.Operands))
        {
            if (!operand.IsToken && operand.Length > Int8Layout.MostElements)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(options), options.Weights,
                    $"Weights: {layer.Cell} multiplies vectors of {operand.Length} numbers; the sums of int8 products hold "
                        + $"{Int8Layout.MostElements} at most.");
            }
        }
    }
}
