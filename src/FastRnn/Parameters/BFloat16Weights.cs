using FastRnn.CompilerServices;

namespace FastRnn.Parameters;

/// <summary>The weights of a model as bfloat16, packed for inference. Two weights share a word: the upper half is the second one's
/// bfloat16, the lower half the first one's. Kernels read the second one from the whole word, with the first one as the end of its
/// fraction, and so save the instruction that would cut it off; the upper half is chosen with that in view. The error of either is
/// at most half a unit in the last place of bfloat16: 2^-8 of a normal weight, and 2^-125 of a smaller one. Vectors of parameters (biases)
/// stay as they are.</summary>
/// <remarks>All arithmetic is in single precision, with the same bits for any batch: a batch of more than one row reads the same
/// numbers from panels of floats.</remarks>
/// <param name="info">The model.</param>
/// <param name="lanes">Floats of a vector.</param>
/// <param name="exact">Layers that keep their floats.</param>
/// <param name="isPacked">Whether panels are of bfloat16 (for one row), or of floats with the same values.</param>
internal sealed unsafe class BFloat16Weights(ModelInfo info, int lanes, IReadOnlyList<int> exact, bool isPacked)
    : ConvertedWeights(info, lanes, exact)
{
    private const uint LowerHalf = 0xFFFF;
    private const uint OneHigher = 0x10000;

    /// <inheritdoc/>
    protected override string Name => "bfloat16";

    /// <inheritdoc/>
    protected override int Floats(PanelInfo panel) => panel.Floats(Lanes, isPacked);

    /// <inheritdoc/>
    protected override void Pack(int layer, ReadOnlySpan<float> parameters)
    {
        var rounded = parameters.ToArray();
        Round(layer, rounded);
        fixed (float* source = rounded)
        {
            var at = Layer(layer);
            foreach (var panel in Panels(layer))
            {
                Packing.Pack(panel, Lanes, source, at, 0, panel.Tiles(Lanes), isPacked);
                at += panel.Floats(Lanes, isPacked);
            }
        }
    }

    /// <summary>The nearest bfloat16, as a float; ties to even.</summary>
    internal static float Nearest(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var rounded = BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & ~LowerHalf);
        return float.IsFinite(rounded) ? rounded : BitConverter.UInt32BitsToSingle(bits & ~LowerHalf);
    }

    /// <summary>The float nearest to <paramref name="value"/> whose lower half is that of <paramref name="lower"/>'s upper half. Denormals
    /// are avoided: they are slow to multiply.</summary>
    internal static float NearestAbove(float value, float lower)
    {
        var end = BitConverter.SingleToUInt32Bits(lower) >> 16;
        var middle = (BitConverter.SingleToUInt32Bits(value) & ~LowerHalf) | end;
        var nearest = BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(value) & 0x80000000) | 0x00800000 | end);
        foreach (var bits in (ReadOnlySpan<uint>)[middle - OneHigher, middle, middle + OneHigher])
        {
            var candidate = BitConverter.UInt32BitsToSingle(bits);
            if ((float.IsNormal(candidate) || candidate == 0) && Math.Abs((double)candidate - value) < Math.Abs((double)nearest - value))
            {
                nearest = candidate;
            }
        }

        return nearest;
    }

    private void Round(int layer, Span<float> parameters)
    {
        for (var p = 0; p < Info.Layers[layer].Parameters.Count; p++)
        {
            var parameter = Info.Layers[layer].Parameters[p];
            var values = parameters.Slice(parameter.Offset, parameter.Count);
            if (parameter.IsVector)
            {
                continue;
            }

            var isPaired = IsPaired(layer, parameter);
            for (var row = 0; row < parameter.Rows; row++)
            {
                Round(values.Slice(row * parameter.Columns, parameter.Columns), isPaired);
            }
        }
    }

    private static void Round(Span<float> row, bool isPaired)
    {
        for (var k = 0; k < row.Length; k++)
        {
            row[k] = isPaired && k % 2 == 1 ? NearestAbove(row[k], row[k - 1]) : Nearest(row[k]);
        }
    }

    private bool IsPaired(int layer, ParameterInfo parameter)
    {
        foreach (var panel in Panels(layer))
        {
            foreach (var operand in panel.Operands)
            {
                if (operand.IsPaired && operand.Terms.Any(t => t.Source == parameter.Offset))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
