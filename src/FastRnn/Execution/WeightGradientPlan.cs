using FastRnn.CompilerServices;
using FastRnn.Kernels;

namespace FastRnn.Execution;

/// <summary>Which products of a pass over the weights are one piece of work, decided once from the model's tables.</summary>
internal sealed class WeightGradientPlan
{
    private readonly ModelInfo model;
    private readonly SimdWidth width;
    private readonly List<MatrixItem> matrices = [];
    private readonly List<VectorItem> vectors = [];

    /// <summary>Makes the plan.</summary>
    /// <param name="model">The model.</param>
    /// <param name="width">The vectors' width, which says how many tiles a matrix has.</param>
    public WeightGradientPlan(ModelInfo model, SimdWidth width)
    {
        (this.model, this.width) = (model, width);
        for (var l = 0; l < model.Layers.Count; l++)
        {
            AddProducts(l, model.Layers[l]);
            AddSums(l, model.Layers[l]);
        }
    }

    /// <summary>Products of matrices.</summary>
    public IReadOnlyList<MatrixItem> Matrices => matrices;

    /// <summary>Vectors that are summed by themselves.</summary>
    public IReadOnlyList<VectorItem> Vectors => vectors;

    /// <summary>The tiles of all matrices.</summary>
    public int Tiles { get; private set; }

    /// <summary>The matrix of a product.</summary>
    public static ParameterInfo Matrix(LayerInfo info, int product) => info.Parameters[info.Products[product].Parameter];

    /// <summary>Whether a product is with a one-hot token: columns are added to, and nothing is multiplied.</summary>
    public static bool IsScatter(LayerInfo info, WeightProduct product) => info.ReadsToken && product.Operand == OperandKind.Input;

    /// <summary>Matrices of the same rows of dPre are one piece of work, and so are rows that go on where others end: the gates of a cell
    /// are one deep product of many rows and of all that they multiply.</summary>
    private void AddProducts(int layer, LayerInfo info)
    {
        var products = Enumerable.Range(0, info.Products.Count).Where(p => !IsScatter(info, info.Products[p]));
        var uses = products.GroupBy(p => info.Products[p].Parameter).ToLookup(group => group.Count() == 1);
        var blocks = uses[true].SelectMany(p => p).GroupBy(p => info.Products[p].DPreOffset).Select(block => block.ToArray()).ToList();
        while (blocks.Count > 0)
        {
            var first = blocks[0];
            blocks.RemoveAt(0);
            var rows = Matrix(info, first[0]).Rows;
            for (int next; (next = blocks.FindIndex(block => GoesOn(info, first, rows, block))) >= 0;)
            {
                rows += Matrix(info, blocks[next][0]).Rows;
                blocks.RemoveAt(next);
            }

            AddItem(layer, first, rows, isShared: false);
        }

        foreach (var group in uses[false])
        {
            AddItem(layer, [.. group], info.Parameters[group.Key].Rows, isShared: true);
        }
    }

    /// <summary>A vector that is added where a matrix multiplies is summed on the way; the others are work of their own.</summary>
    private void AddSums(int layer, LayerInfo info)
    {
        foreach (var group in info.Sums.GroupBy(sum => sum.Parameter))
        {
            var (first, rows) = (group.First().DPreOffset, info.Parameters[group.Key].Rows);
            if (group.Count() > 1 || !matrices.Exists(item => item.Layer == layer && item.Sums >= 0
                && info.Products[item.Products[0]].DPreOffset <= first
                && first + rows <= info.Products[item.Products[0]].DPreOffset + item.Rows))
            {
                vectors.Add(new VectorItem(layer, group.Key, [.. group.Select(sum => sum.DPreOffset)]));
            }
        }
    }

    /// <summary>Where the gradients begin of the vectors that are added in the <paramref name="rows"/> rows of dPre from
    /// <paramref name="dPreOffset"/> on, nowhere else, and follow each other as the rows do; -1 if there are no such vectors.</summary>
    private static int SumsOf(LayerInfo info, int dPreOffset, int rows)
    {
        var sums = info.Sums.Where(sum => sum.DPreOffset >= dPreOffset && sum.DPreOffset < dPreOffset + rows)
            .OrderBy(sum => sum.DPreOffset).ToList();
        var done = 0;
        foreach (var (parameter, offset) in sums)
        {
            if (offset != dPreOffset + done
                || info.Parameters[parameter].Offset != info.Parameters[sums[0].Parameter].Offset + done
                || info.Sums.Count(sum => sum.Parameter == parameter) > 1)
            {
                return -1;
            }

            done += info.Parameters[parameter].Rows;
        }

        return done == rows ? info.Parameters[sums[0].Parameter].Offset : -1;
    }

    private void AddItem(int layer, int[] products, int rows, bool isShared)
    {
        var info = model.Layers[layer];
        var count = products.Take(isShared ? 1 : products.Length).Sum(p => WeightGradient.TileCount(width, rows, Matrix(info, p).Columns));
        var itsSums = isShared ? -1 : SumsOf(info, info.Products[products[0]].DPreOffset, rows);
        matrices.Add(new MatrixItem(layer, products, rows, isShared, itsSums, Tiles, Tiles + count));
        Tiles += count;
    }

    /// <summary>Whether each matrix of a block lies right under the <paramref name="rows"/> rows that begin with those of
    /// <paramref name="first"/>, in the gradients and in dPre, and multiplies the same vector.</summary>
    private static bool GoesOn(LayerInfo info, int[] first, int rows, int[] block) =>
        first.Length == block.Length && first.Zip(block).All(pair =>
        {
            var (above, below) = (info.Products[pair.First], info.Products[pair.Second]);
            var (upper, lower) = (Matrix(info, pair.First), Matrix(info, pair.Second));
            return (below.Operand, below.OperandIndex) == (above.Operand, above.OperandIndex)
                && below.DPreOffset == above.DPreOffset + rows
                && lower.Columns == upper.Columns
                && lower.Offset == upper.Offset + (rows * upper.Columns);
        });

    /// <summary>Deferred products of the same rows of dPre, or of one matrix that multiplies several vectors; where among the layer's
    /// parameters the vectors begin that are summed on the way, or -1; and the range among all tiles: an element belongs to one
    /// worker.</summary>
    internal sealed record MatrixItem(int Layer, int[] Products, int Rows, bool IsShared, int Sums, int Begin, int End);

    /// <summary>The column sums of one vector.</summary>
    internal sealed record VectorItem(int Layer, int Parameter, int[] DPreOffsets);
}
