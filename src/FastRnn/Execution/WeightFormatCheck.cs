using FastRnn.CompilerServices;
using FastRnn.Parameters;

namespace FastRnn.Execution;

/// <summary>Whether a model can run with weights of a format.</summary>
internal static class WeightFormatCheck
{
    /// <summary>Checks the format that options ask for.</summary>
    /// <exception cref="ArgumentNullException">There is no list of layers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format or layer, or a layer is too wide for it or makes too many
    /// sums at once.</exception>
    /// <exception cref="NotSupportedException">The program was made without it.</exception>
    public static void Check(ModelInfo info, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.Float32Layers, "options.Float32Layers");
        for (var i = 0; i < options.Float32Layers.Count; i++)
        {
            var layer = options.Float32Layers[i];
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
            if (!ConvertedWeights.Contains(options.Float32Layers, l))
            {
                Check(info.Layers[l], options);
            }
        }
    }

    private static void Check(LayerInfo layer, RunOptions options)
    {
        foreach (var panel in layer.Layout.Forward)
        {
            if (!panel.HasInt8)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(options), options.Weights,
                    $"Weights: {layer.Cell} makes too many sums at once for int8. Its layer can stay in Float32Layers.");
            }

            foreach (var operand in panel.Operands)
            {
                Check(layer, operand, options);
            }
        }
    }

    private static void Check(LayerInfo layer, PanelOperand operand, RunOptions options)
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
