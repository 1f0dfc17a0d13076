using FastRnn.CompilerServices;
using FastRnn.Kernels;

namespace FastRnn.Parameters;

/// <summary>Copies parameters from their canonical place into the panels that kernels read (see <see cref="PanelInfo"/>).</summary>
internal static unsafe class Packing
{
    /// <summary>Packs some tiles of a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="lanes">Floats of a vector.</param>
    /// <param name="parameters">The layer's first parameter.</param>
    /// <param name="packed">Where the panel begins.</param>
    /// <param name="tileBegin">The first tile.</param>
    /// <param name="tileEnd">One past the last tile.</param>
    /// <param name="bfloat16">Whether the panel holds bfloat16 weights: then the parameters are those of
    /// <see cref="BFloat16Weights"/>.</param>
    public static void Pack(PanelInfo panel, int lanes, float* parameters, float* packed, int tileBegin, int tileEnd, bool bfloat16 = false)
    {
        var tileFloats = panel.TileFloats(lanes, bfloat16);
        var tileUnits = panel.TileUnits(lanes);
        for (var tile = tileBegin; tile < tileEnd; tile++)
        {
            var at = packed + ((nint)tile * tileFloats);
            var firstUnit = tile * tileUnits;
            var units = Math.Min(tileUnits, panel.Units - firstUnit);
            for (var v = 0; v < panel.Vectors.Count; v++, at += tileUnits)
            {
                PackVector(panel.Vectors[v], parameters, at, firstUnit, units);
            }

            for (var o = 0; o < panel.Operands.Count; o++)
            {
                var operand = panel.Operands[o];
                var step = operand.Terms.Count * tileUnits;
                var paired = bfloat16 && operand.IsPaired;
                for (var a = 0; a < operand.Terms.Count; a++)
                {
                    if (paired)
                    {
                        PackPairs(operand.Terms[a], operand.Length, parameters, at + (a * tileUnits), step, firstUnit, units);
                    }
                    else
                    {
                        PackTerm(operand.Terms[a], operand.Length, parameters, at + (a * tileUnits), step, firstUnit, units);
                    }
                }

                at += (nint)(paired ? operand.PairedLength : operand.Length) * step;
            }
        }
    }

    /// <summary>Packs only the vectors at the heads of some tiles.</summary>
    public static void PackHeads(PanelInfo panel, int lanes, float* parameters, float* packed, int tileBegin, int tileEnd)
    {
        var tileUnits = panel.TileUnits(lanes);
        for (var tile = tileBegin; tile < tileEnd; tile++)
        {
            var at = packed + ((nint)tile * panel.TileFloats(lanes));
            for (var v = 0; v < panel.Vectors.Count; v++, at += tileUnits)
            {
                PackVector(panel.Vectors[v], parameters, at, tile * tileUnits, Math.Min(tileUnits, panel.Units - (tile * tileUnits)));
            }
        }
    }

    /// <summary>Packs some units of a vector: a sum of vectors of parameters.</summary>
    public static void PackVector(IReadOnlyList<int> sources, float* parameters, float* at, int firstUnit, int units)
    {
        for (var u = 0; u < units; u++)
        {
            var sum = parameters[sources[0] + firstUnit + u];
            for (var s = 1; s < sources.Count; s++)
            {
                sum += parameters[sources[s] + firstUnit + u];
            }

            at[u] = sum;
        }
    }

    /// <summary>The word of two elements is the second one's: the first stands in its lower half already.</summary>
    private static void PackPairs(
        PanelTerm term, int length, float* parameters, float* at, int step, int firstUnit, int units)
    {
        var source = parameters + term.Source + ((nint)firstUnit * term.UnitStride);
        for (var u = 0; u < units; u++, source += term.UnitStride)
        {
            var to = at + u;
            for (var k = 1; k < length; k += 2, to += step)
            {
                *to = source[(nint)k * term.Stride];
            }

            if (length % 2 > 0)
            {
                *(uint*)to = *(uint*)(source + ((nint)(length - 1) * term.Stride)) >> 16;
            }
        }
    }

    /// <summary>Packs some units' weights of a term: the rows of a matrix are its units or its elements, so one of its strides is 1. Units
    /// beyond the last stay as the arena made them: zero.</summary>
    public static void PackTerm(
        PanelTerm term, int length, float* parameters, float* at, int step, int firstUnit, int units)
    {
        var source = parameters + term.Source + ((nint)firstUnit * term.UnitStride);
        if (term.UnitStride == 1)
        {
            for (var k = 0; k < length; k++, at += step, source += term.Stride)
            {
                new ReadOnlySpan<float>(source, units).CopyTo(new Span<float>(at, units));
            }

            return;
        }

        // A transposition: in blocks of 8 x 8, which stay in registers.
        var wholeUnits = units / Transposition.Size * Transposition.Size;
        var wholeLength = length / Transposition.Size * Transposition.Size;
        for (var k = 0; k < wholeLength; k += Transposition.Size)
        {
            for (var u = 0; u < wholeUnits; u += Transposition.Size)
            {
                Transposition.Copy(source + ((nint)u * term.UnitStride) + k, term.UnitStride, at + ((nint)k * step) + u, step);
            }
        }

        Scatter(source, term.UnitStride, length, at, step, wholeLength, 0, wholeUnits);
        Scatter(source, term.UnitStride, length, at, step, 0, wholeUnits, units);
    }

    private static void Scatter(
        float* source, int unitStride, int length, float* at, int step, int firstElement, int firstUnit, int endUnit)
    {
        for (var u = firstUnit; u < endUnit; u++)
        {
            var from = source + ((nint)u * unitStride);
            for (var k = firstElement; k < length; k++)
            {
                at[((nint)k * step) + u] = from[k];
            }
        }
    }
}
