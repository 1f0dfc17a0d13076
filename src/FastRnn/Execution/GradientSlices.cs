using FastRnn.Kernels;

namespace FastRnn.Execution;

/// <summary>Cuts the gradients into slices that are added one after the other: while one of them is on its way to the next rank, this one
/// goes on with the others. Those of the last layers come first: they are complete while the backward pass of earlier layers is still to
/// come. What is no product needs all of it, and is added before the products of the first layer, because it is cheap.</summary>
internal static class GradientSlices
{
    /// <summary>About as many slices as a large model has: a rank waits for one slice of the rank before it.</summary>
    private const int Wanted = 16;

    /// <summary>Rows of a slice at least: x is packed once for each of them.</summary>
    private const int LeastRows = 16 * OuterProductTile.PanelRows;

    /// <summary>The slices of a model, together all of its parameters.</summary>
    public static GradientSlice[] Of(ModelInfo info, WeightGradientPlan work)
    {
        var total = work.Matrices.Sum(item => (long)item.Rows * Columns(info, item));
        var slices = new List<GradientSlice>();
        for (var i = work.Matrices.Count - 1; i >= 0; i--)
        {
            AddItem(slices, info, work.Matrices[i], total);
        }

        var taken = slices.SelectMany(slice => slice.Ranges).OrderBy(range => range.Offset).ToList();
        var others = new List<(int Offset, int Count)>();
        var done = 0;
        foreach (var (offset, count) in taken)
        {
            if (offset > done)
            {
                others.Add((done, offset - done));
            }

            // Two pieces of work for one parameter have an order, which slices would change.
            if (offset < done)
            {
                return [GradientSlice.Whole(info, work)];
            }

            done = offset + count;
        }

        if (done < info.ParameterCount)
        {
            others.Add((done, info.ParameterCount - done));
        }

        if (IsScattered(info, taken))
        {
            return [GradientSlice.Whole(info, work)];
        }

        var first = slices.Count == 0 ? 0 : slices[^1].Layer;
        slices.Insert(slices.FindIndex(slice => slice.Layer == first) is var at and >= 0 ? at : 0, new(0, 0, 0, true, [.. others]));
        return [.. slices];
    }

    /// <summary>Where a backward pass is interrupted, to add and to send what is complete: layers from the last to the first, each time as
    /// many as leave at least a slice's worth of gradients.</summary>
    public static (int Begin, int End)[] Parts(ModelInfo info, GradientSlice[] slices)
    {
        var parts = new List<(int Begin, int End)>();
        var (end, numbers) = (info.Layers.Count, 0L);
        for (var layer = end - 1; layer >= 0; layer--)
        {
            numbers += slices.Where(slice => slice.Layer == layer).Sum(slice => slice.Ranges.Sum(range => (long)range.Count));
            if (layer == 0 || numbers * Wanted >= info.ParameterCount)
            {
                parts.Add((layer, end));
                (end, numbers) = (layer, 0);
            }
        }

        return [.. parts];
    }

    private static void AddItem(List<GradientSlice> slices, ModelInfo info, WeightGradientPlan.MatrixItem item, long total)
    {
        var layer = info.Layers[item.Layer];
        var panels = WeightGradient.DivideUp(item.Rows, OuterProductTile.PanelRows);
        var tilesPerPanel = (item.End - item.Begin) / panels;
        var rows = Math.Max(LeastRows, (int)Math.Min(item.Rows, total / Wanted / Math.Max(1, Columns(info, item))));
        var step = WeightGradient.DivideUp(rows, OuterProductTile.PanelRows);
        for (var panel = 0; panel < panels; panel += step)
        {
            var end = Math.Min(panels, panel + step);
            var (from, to) = (panel * OuterProductTile.PanelRows, Math.Min(item.Rows, end * OuterProductTile.PanelRows));
            var ranges = item.Products.Take(item.IsShared ? 1 : item.Products.Length)
                .Select(product => WeightGradientPlan.Matrix(layer, product))
                .Select(matrix =>
                    (Offset: layer.ParameterOffset + matrix.Offset + (from * matrix.Columns), Count: (to - from) * matrix.Columns))
                .ToList();
            if (item.Sums >= 0)
            {
                ranges.Add((layer.ParameterOffset + item.Sums + from, to - from));
            }

            slices.Add(new GradientSlice(
                item.Begin + (panel * tilesPerPanel),
                item.Begin + (end * tilesPerPanel),
                item.Layer,
                false,
                [.. ranges.Where(range => range.Count > 0)]));
        }
    }

    private static int Columns(ModelInfo info, WeightGradientPlan.MatrixItem item)
    {
        var sum = 0;
        foreach (var product in item.Products)
        {
            sum += WeightGradientPlan.Matrix(info.Layers[item.Layer], product).Columns;
        }

        return sum;
    }

    /// <summary>Whether a matrix multiplies vectors and one-hot tokens.</summary>
    private static bool IsScattered(ModelInfo info, List<(int Offset, int Count)> taken) => (
        from layer in info.Layers
        from product in layer.Products
        where WeightGradientPlan.IsScatter(layer, product)
        let begin = layer.ParameterOffset + layer.Parameters[product.Parameter].Offset
        let end = begin + layer.Parameters[product.Parameter].Count
        select taken.Exists(range => range.Offset < end && begin < range.Offset + range.Count)).Any(overlaps => overlaps);
}
