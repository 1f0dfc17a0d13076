using FastRnn.CompilerServices;

namespace FastRnn.Parameters;

/// <summary>The way back from a panel to the parameters in canonical order: the inverse of <see cref="Packing"/>.</summary>
internal static class Unpacking
{
    /// <summary>Brings every weight of a panel to its place. A head that is the sum of several vectors is passed over: it does not say what
    /// they are.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="lanes">Floats of a vector.</param>
    /// <param name="packed">The panel's numbers.</param>
    /// <param name="parameters">The layer's parameters.</param>
    public static void Unpack(PanelInfo panel, int lanes, ReadOnlySpan<float> packed, Span<float> parameters)
    {
        var tileUnits = panel.TileUnits(lanes);
        for (var firstUnit = 0; firstUnit < panel.Units; firstUnit += tileUnits)
        {
            var units = Math.Min(tileUnits, panel.Units - firstUnit);
            foreach (var sources in panel.Vectors)
            {
                if (sources.Count == 1)
                {
                    packed[..units].CopyTo(parameters[(sources[0] + firstUnit)..]);
                }

                packed = packed[tileUnits..];
            }

            foreach (var operand in panel.Operands)
            {
                for (var k = 0; k < operand.Length; k++)
                {
                    foreach (var term in operand.Terms)
                    {
                        var first = term.Source + (firstUnit * term.UnitStride) + (k * term.Stride);
                        for (var u = 0; u < units; u++)
                        {
                            parameters[first + (u * term.UnitStride)] = packed[u];
                        }

                        packed = packed[tileUnits..];
                    }
                }
            }
        }
    }
}
