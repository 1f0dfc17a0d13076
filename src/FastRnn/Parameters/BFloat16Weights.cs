using System.Globalization;

using FastRnn.CompilerServices;
using FastRnn.Memory;

namespace FastRnn.Parameters;

/// <summary>The weights of a model as bfloat16, packed for inference. Two weights share a word: the upper half is the second one's
/// bfloat16, the lower half the first one's. Kernels read the second one from the whole word, with the first one as the end of its
/// fraction, and so save the instruction that would cut it off; the upper half is chosen with that in view. The error of either is
/// at most half a unit in the last place of bfloat16: 2^-8 of a normal weight, and 2^-125 of a smaller one. Vectors of parameters (biases)
/// stay as they are.</summary>
/// <remarks>All arithmetic is in single precision, with the same bits for any batch: a batch of more than one row reads the same
/// numbers from panels of floats.</remarks>
internal sealed unsafe class BFloat16Weights
{
    private const uint LowerHalf = 0xFFFF;
    private const uint OneHigher = 0x10000;
    private readonly ModelInfo info;
    private readonly int lanes;
    private readonly int layoutIndex;
    private readonly bool isPacked;
    private readonly nint[] layers;

    /// <param name="info">The model.</param>
    /// <param name="lanes">Floats of a vector.</param>
    /// <param name="isPacked">Whether panels are of bfloat16 (for one row), or of floats with the same values.</param>
    public BFloat16Weights(ModelInfo info, int lanes, bool isPacked)
    {
        this.info = info;
        this.lanes = lanes;
        this.isPacked = isPacked;
        layoutIndex = lanes == 4 ? 0 : lanes == 8 ? 1 : 2;
        layers = new nint[info.Layers.Count];
    }

    /// <summary>The embedding as it was, exact; null for a model without one.</summary>
    public float* Embedding { get; private set; }

    /// <summary>The panels of a layer.</summary>
    public float* Layer(int layer) => (float*)layers[layer];

    /// <summary>Takes the panels' part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        var embedding = layout.Floats(EmbeddingLength);
        Embedding = EmbeddingLength > 0 ? embedding : null;
        for (var l = 0; l < layers.Length; l++)
        {
            layers[l] = (nint)layout.Floats(Floats(l));
        }
    }

    /// <summary>Takes over the weights of another session of the same kind, whatever the model has become since.</summary>
    public void CopyFrom(BFloat16Weights other)
    {
        new ReadOnlySpan<float>(other.Embedding, EmbeddingLength).CopyTo(new Span<float>(Embedding, EmbeddingLength));
        for (var l = 0; l < layers.Length; l++)
        {
            new ReadOnlySpan<float>(other.Layer(l), Floats(l)).CopyTo(new Span<float>(Layer(l), Floats(l)));
        }
    }

    /// <summary>Rounds and packs the parameters as they are now.</summary>
    /// <exception cref="InvalidOperationException">A weight is not a finite number.</exception>
    public void Fill(ReadOnlySpan<float> parameters)
    {
        parameters[..EmbeddingLength].CopyTo(new Span<float>(Embedding, EmbeddingLength));
        var rounded = parameters.ToArray();
        for (var l = 0; l < layers.Length; l++)
        {
            Round(l, rounded.AsSpan(info.Layers[l].ParameterOffset, info.Layers[l].ParameterCount));
            fixed (float* source = rounded)
            {
                var at = Layer(l);
                foreach (var panel in Panels(l))
                {
                    Packing.Pack(panel, lanes, source + info.Layers[l].ParameterOffset, at, 0, panel.Tiles(lanes), isPacked);
                    at += panel.Floats(lanes, isPacked);
                }
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

    private int Floats(int layer)
    {
        var floats = 0;
        foreach (var panel in Panels(layer))
        {
            floats = checked(floats + panel.Floats(lanes, isPacked));
        }

        return floats;
    }

    private int EmbeddingLength => info.Input == InputKind.Embedding ? info.Vocabulary * info.InputSize : 0;

    private void Round(int layer, Span<float> parameters)
    {
        for (var p = 0; p < info.Layers[layer].Parameters.Count; p++)
        {
            var parameter = info.Layers[layer].Parameters[p];
            var values = parameters.Slice(parameter.Offset, parameter.Count);
            Check(layer, parameter, values);
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

    private void Check(int layer, ParameterInfo parameter, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{info.Name}: bfloat16 weights are made of finite numbers; {parameter.Name} of layer {layer} has {values[i]} "
                        + $"at {i}."));
            }
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

    private IReadOnlyList<PanelInfo> Panels(int layer) => info.Layers[layer].Layouts[layoutIndex].Forward;
}
