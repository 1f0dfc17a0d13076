using FastRnn.CompilerServices;

namespace FastRnn.Parameters;

/// <summary>Brings weights that have just changed, and are still in a near cache, to their places in a panel. See
/// <see cref="Packing"/>.</summary>
internal static unsafe class Repacking
{
    /// <summary>Packs those weights of a panel that lie from <paramref name="begin"/> to <paramref name="end"/> among the layer's
    /// parameters; the vectors at the head of its tiles are left alone.</summary>
    public static void Pack(PanelInfo panel, int lanes, float* parameters, float* packed, int begin, int end)
    {
        var tileUnits = panel.TileUnits(lanes);
        var at = packed + (panel.Vectors.Count * tileUnits);
        for (var o = 0; o < panel.Operands.Count; o++)
        {
            var operand = panel.Operands[o];
            for (var a = 0; a < operand.Terms.Count; a++)
            {
                var place = new Place(operand.Terms[a], operand.Length, panel.Units, at + (a * tileUnits), operand.Terms.Count * tileUnits,
                    tileUnits, panel.TileFloats(lanes));
                Rows(in place, parameters, begin - operand.Terms[a].Source, end - operand.Terms[a].Source);
            }

            at += (nint)operand.Length * operand.Terms.Count * tileUnits;
        }
    }

    /// <summary>A range of a matrix is a part of a row, whole rows, and a part of a row.</summary>
    private static void Rows(in Place place, float* parameters, int begin, int end)
    {
        var (rows, columns, stride) = place.IsByUnit
            ? (place.Units, place.Length, place.Term.UnitStride) : (place.Length, place.Units, place.Term.Stride);
        if (begin >= rows * (long)stride || end <= 0)
        {
            return;
        }

        var (row, column) = Math.DivRem(Math.Max(begin, 0), stride);
        var (lastRow, lastColumn) = end < rows * (long)stride ? Math.DivRem(end, stride) : (rows, 0);
        if (column > 0)
        {
            Block(in place, parameters, row, row + 1, column, row == lastRow ? Math.Min(lastColumn, columns) : columns);
            row++;
        }

        Block(in place, parameters, row, lastRow, 0, columns);
        Block(in place, parameters, Math.Max(row, lastRow), lastRow + 1, 0, Math.Min(lastColumn, columns));
    }

    private static void Block(in Place place, float* parameters, int row, int endRow, int column, int endColumn)
    {
        if (row >= endRow || column >= endColumn)
        {
            return;
        }

        var (unit, endUnit) = place.IsByUnit ? (row, endRow) : (column, endColumn);
        var (first, length) = place.IsByUnit ? (column, endColumn - column) : (row, endRow - row);
        var term = place.Term with { Source = place.Term.Source + (first * place.Term.Stride) };
        for (int next; unit < endUnit; unit = next)
        {
            var (tile, inTile) = Math.DivRem(unit, place.TileUnits);
            next = Math.Min(endUnit, unit + place.TileUnits - inTile);
            var at = place.At + ((nint)tile * place.TileFloats) + ((nint)first * place.Step) + inTile;
            Packing.PackTerm(term, length, parameters, at, place.Step, unit, next - unit);
        }
    }

    /// <summary>Where a term's weights go.</summary>
    private readonly struct Place(PanelTerm term, int length, int units, float* at, int step, int tileUnits, int tileFloats)
    {
        public readonly PanelTerm Term = term;
        public readonly int Length = length;
        public readonly int Units = units;
        public readonly float* At = at;
        public readonly int Step = step;
        public readonly int TileUnits = tileUnits;
        public readonly int TileFloats = tileFloats;

        /// <summary>Whether a row of the matrix belongs to a unit, and not to an element of the operand.</summary>
        public bool IsByUnit => Term.UnitStride > Term.Stride || Length == 1;
    }
}
