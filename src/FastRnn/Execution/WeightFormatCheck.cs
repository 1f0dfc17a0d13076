using FastRnn.CompilerServices;

namespace FastRnn.Execution;

/// <summary>Whether a model can run with weights of a format.</summary>
internal static class WeightFormatCheck
{
    /// <summary>Checks the format that options ask for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format, or a layer is too wide for it.</exception>
    /// <exception cref="NotSupportedException">The program was made without it.</exception>
    public static void Check(ModelInfo info, RunOptions options)
    {
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

        foreach (var layer in info.Layers)
        {
            foreach (var panel in layer.Layouts[^1].Forward.Count > 0 ? layer.Layouts[^1].Forward : layer.Layouts[0].Forward)
            {
                Check(layer, panel, options);
            }
        }
    }

    private static void Check(LayerInfo layer, PanelInfo panel, RunOptions options)
    {
        foreach (var operand in panel.Operands)
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
