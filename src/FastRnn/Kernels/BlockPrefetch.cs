namespace FastRnn.Kernels;

/// <summary>Fetches what will be packed next while tiles are computed, the same share at each tile.</summary>
internal struct BlockPrefetch
{
    private readonly int dPreShare;
    private RowPrefetch dPre;
    private RowPrefetch x;
    private int xShare;

    /// <summary>Of the dPre of the next block of depth.</summary>
    public BlockPrefetch(in WeightGradientCall call, long first, int count, int panel, int panelEnd, int columnPanels)
    {
        var firstRow = panel * OuterProductTile.PanelRows;
        var rows = Math.Min(panelEnd * OuterProductTile.PanelRows, call.Rows) - firstRow;
        dPre = new RowPrefetch(call.DPre, call.Order, first, count, firstRow, rows);
        dPreShare = WeightGradient.DivideUp(dPre.Lines, (panelEnd - panel) * columnPanels);
    }

    /// <summary>And of the next panel of columns, during the next <paramref name="tiles"/> tiles.</summary>
    public void Columns(RowPrefetch x, int tiles)
    {
        this.x = x;
        xShare = WeightGradient.DivideUp(x.Lines, Math.Max(tiles, 1));
    }

    /// <summary>The share of one tile.</summary>
    public void Next()
    {
        dPre.Next(dPreShare);
        x.Next(xShare);
    }
}
