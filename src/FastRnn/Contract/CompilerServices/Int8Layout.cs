namespace FastRnn.CompilerServices;

/// <summary>Where things stand in a tile of int8 weights, in rows of its <c>[units]</c> floats: its head; then for each operand the scales
/// of all accumulators, 128 times the sums of their weights (for instructions that multiply unsigned by signed numbers), and the weights,
/// four elements of a unit in a word: <c>[element / 4][accumulator][unit][element % 4]</c>. Columns that a token selects stay
/// floats.</summary>
internal static class Int8Layout
{
    /// <summary>The longest vector whose sums of products cannot leave 32 bits: K * 127 * 127 is below 2^31.</summary>
    public const int MostElements = (int)(int.MaxValue / (127L * 127));

    /// <summary>Rows that are rounded at once.</summary>
    public const int BlockRows = 64;

    /// <summary>Elements that share a word.</summary>
    public const int Group = 4;

    /// <summary>Rows of numbers before an operand's weights: scales and sums.</summary>
    public const int Numbers = 2;

    /// <summary>Words of a unit's weights.</summary>
    public static int Words(int length) => (length + Group - 1) / Group;

    /// <summary>Whether a layer's kernels multiply a matrix, so that it has int8 weights: a token selects columns, and an operation without
    /// kernels does what it likes.</summary>
    public static bool IsRounded(LayerInfo layer, ParameterInfo parameter)
    {
        // Native programs have this: loops are smaller than queries.
        for (var p = 0; p < layer.Layout.Forward.Count && !parameter.IsVector; p++)
        {
            foreach (var operand in layer.Layout.Forward[p].Operands)
            {
                for (var t = 0; t < operand.Terms.Count && !operand.IsToken; t++)
                {
                    if (operand.Terms[t].Source == parameter.Offset)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>Rows of <c>[units]</c> floats that an operand takes in a tile.</summary>
    public static int Rows(int length, int accumulators, bool isToken) =>
        checked(accumulators * (isToken ? length : Numbers + Words(length)));

    /// <summary>Floats of a tile.</summary>
    public static int TileFloats(PanelInfo panel, int lanes)
    {
        var rows = panel.Vectors.Count;
        foreach (var operand in panel.Operands)
        {
            rows = checked(rows + Rows(operand.Length, operand.Terms.Count, operand.IsToken));
        }

        return checked(rows * panel.TileUnits(lanes));
    }

    /// <summary>Bytes of a row of an operand, rounded: two planes of whole lines.</summary>
    public static int RowBytes(int length) => checked(2 * PlaneBytes(length));

    /// <summary>Bytes of a plane.</summary>
    public static int PlaneBytes(int length) => checked(length + 63) / 64 * 64;

    /// <summary>Bytes of all rows of an operand, with their scales and corrections.</summary>
    public static int BlockBytes(int length) => checked(BlockRows * (sizeof(float) + sizeof(int) + RowBytes(length)));

    /// <summary>Bytes that a kernel's operands take.</summary>
    public static int BlockBytes(PanelInfo panel)
    {
        var bytes = 0;
        foreach (var operand in panel.Operands)
        {
            bytes = checked(bytes + (operand.IsToken ? 0 : BlockBytes(operand.Length)));
        }

        return bytes;
    }
}
