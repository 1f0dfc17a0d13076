using FastRnn.CompilerServices;

namespace FastRnn.Parameters;

/// <summary>The weights of a model as int8, packed for inference as <see cref="Int8Layout"/> says. Each unit's row of a matrix has a scale
/// of its own, <c>max|w| / 127</c> to 17 bits, and a weight is <c>w / scale</c> to the nearest integer, ties to even; a row whose weights
/// are all below 2^-100 counts as zeros. An integer times such a scale is a float, so rounding these again changes nothing. Vectors,
/// embeddings and columns that tokens select stay as they are.</summary>
internal sealed unsafe class Int8Weights(ModelInfo info, int lanes, IReadOnlyList<int> exact) : ConvertedWeights(info, lanes, exact)
{
    /// <inheritdoc/>
    public override int RoomBytes
    {
        get
        {
            // A model without any matrix has kernels of this kind too, and they look whether there is room.
            var bytes = 1;
            for (var l = 0; l < Info.Layers.Count; l++)
            {
                foreach (var panel in Panels(l))
                {
                    bytes = Math.Max(bytes, Int8Layout.BlockBytes(panel));
                }
            }

            return bytes;
        }
    }

    /// <inheritdoc/>
    protected override string Name => "int8";

    /// <inheritdoc/>
    protected override int Floats(PanelInfo panel) => checked(panel.Tiles(Lanes) * Int8Layout.TileFloats(panel, Lanes));

    /// <inheritdoc/>
    protected override void Pack(int layer, ReadOnlySpan<float> parameters)
    {
        fixed (float* source = parameters)
        {
            var at = Layer(layer);
            foreach (var panel in Panels(layer))
            {
                var floats = Int8Layout.TileFloats(panel, Lanes);
                for (var tile = 0; tile < panel.Tiles(Lanes); tile++, at += floats)
                {
                    PackTile(panel, source, at, tile * panel.TileUnits(Lanes));
                }
            }
        }
    }

    private void PackTile(PanelInfo panel, float* parameters, float* at, int firstUnit)
    {
        var tileUnits = panel.TileUnits(Lanes);
        var units = Math.Min(tileUnits, panel.Units - firstUnit);
        foreach (var vector in panel.Vectors)
        {
            Packing.PackVector(vector, parameters, at, firstUnit, units);
            at += tileUnits;
        }

        foreach (var operand in panel.Operands)
        {
            var step = operand.Terms.Count * tileUnits;
            for (var a = 0; a < operand.Terms.Count; a++)
            {
                var term = operand.Terms[a];
                if (operand.IsToken)
                {
                    Packing.PackTerm(term, operand.Length, parameters, at + (a * tileUnits), step, firstUnit, units);
                    continue;
                }

                for (var u = 0; u < units; u++)
                {
                    var source = parameters + term.Source + ((nint)(firstUnit + u) * term.UnitStride);
                    PackUnit(source, term.Stride, operand.Length, at + (a * tileUnits) + u, step);
                }
            }

            at += (nint)Int8Layout.Rows(operand.Length, operand.Terms.Count, operand.IsToken) * tileUnits;
        }
    }

    /// <summary>Rounds and packs a row of a matrix.</summary>
    /// <param name="source">Its first weight.</param>
    /// <param name="stride">Floats from one weight to the next.</param>
    /// <param name="length">Its weights.</param>
    /// <param name="to">The place of its scale.</param>
    /// <param name="step">Floats from there to its sum, and on to each of its words.</param>
    private static void PackUnit(float* source, nint stride, int length, float* to, nint step)
    {
        var (scale, sum) = (Int8Rounding.Scale(source, stride, length), 0);
        if (scale == 0)
        {
            return;
        }

        for (nint k = 0; k < length; k++)
        {
            var q = Int8Rounding.Round(source[k * stride], scale);
            sum += q;
            ((sbyte*)(to + ((Int8Layout.Numbers + (k / Int8Layout.Group)) * step)))[k % Int8Layout.Group] = q;
        }

        *to = scale;
        *(int*)(to + step) = 128 * sum;
    }
}
