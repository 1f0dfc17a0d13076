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
        var users = new int[info.Parameters.Count][];
        for (var p = 0; p < info.Products.Count; p++)
        {
            if (!IsScatter(info, info.Products[p]))
            {
                users[info.Products[p].Parameter] = [.. users[info.Products[p].Parameter] ?? [], p];
            }
        }

        var blocks = Blocks(info, users);
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

        for (var p = 0; p < info.Products.Count; p++)
        {
            var parameter = info.Products[p].Parameter;
            if (users[parameter] is { Length: > 1 } several && several[0] == p)
            {
                AddItem(layer, several, info.Parameters[parameter].Rows, isShared: true);
            }
        }
    }

    /// <summary>The products of the matrices that multiply one vector each, by their rows of dPre.</summary>
    private static List<int[]> Blocks(LayerInfo info, int[]?[] users)
    {
        List<int[]> blocks = [];
        for (var p = 0; p < info.Products.Count; p++)
        {
            var product = info.Products[p];
            if (users[product.Parameter] is not [var only] || only != p)
            {
                continue;
            }

            var at = blocks.FindIndex(block => info.Products[block[0]].DPreOffset == product.DPreOffset);
            if (at >= 0)
            {
                blocks[at] = [.. blocks[at], p];
            }
            else
            {
                blocks.Add([p]);
            }
        }

        return blocks;
    }

    /// <summary>A vector that is added where a matrix multiplies is summed on the way; the others are work of their own.</summary>
    private void AddSums(int layer, LayerInfo info)
    {
        for (var s = 0; s < info.Sums.Count; s++)
        {
            var (parameter, first) = (info.Sums[s].Parameter, info.Sums[s].DPreOffset);
            var offsets = OffsetsOf(info, parameter);
            var end = first + info.Parameters[parameter].Rows;
            if (vectors.Exists(item => item.Layer == layer && item.Parameter == parameter))
            {
                continue;
            }

            if (offsets.Length > 1 || !matrices.Exists(item => item.Layer == layer && item.Sums >= 0
                && info.Products[item.Products[0]].DPreOffset <= first && end <= info.Products[item.Products[0]].DPreOffset + item.Rows))
            {
                vectors.Add(new VectorItem(layer, parameter, offsets));
            }
        }
    }

    /// <summary>Where in dPre a vector was added.</summary>
    private static int[] OffsetsOf(LayerInfo info, int parameter)
    {
        int[] offsets = [];
        for (var s = 0; s < info.Sums.Count; s++)
        {
            if (info.Sums[s].Parameter == parameter)
            {
                offsets = [.. offsets, info.Sums[s].DPreOffset];
            }
        }

        return offsets;
    }

    /// <summary>Where the gradients begin of the vectors that are added in the <paramref name="rows"/> rows of dPre from
    /// <paramref name="dPreOffset"/> on, nowhere else, and follow each other as the rows do; -1 if there are no such vectors.</summary>
    private static int SumsOf(LayerInfo info, int dPreOffset, int rows)
    {
        var (first, done, left) = (-1, 0, 0);
        foreach (var sum in info.Sums)
        {
            left += sum.DPreOffset >= dPreOffset && sum.DPreOffset < dPreOffset + rows ? 1 : 0;
        }

        for (; done < rows; left--)
        {
            var parameter = -1;
            foreach (var sum in info.Sums)
            {
                parameter = sum.DPreOffset == dPreOffset + done ? sum.Parameter : parameter;
            }

            if (parameter < 0 || OffsetsOf(info, parameter).Length > 1)
            {
                return -1;
            }

            var vector = info.Parameters[parameter];
            first = done == 0 ? vector.Offset : first;
            if (vector.Offset != first + done)
            {
                return -1;
            }

            done += vector.Rows;
        }

        // What is left is added where another one is.
        return done == rows && left == 0 ? first : -1;
    }

    private void AddItem(int layer, int[] products, int rows, bool isShared)
    {
        var info = model.Layers[layer];
        var count = 0;
        for (var p = 0; p < (isShared ? 1 : products.Length); p++)
        {
            count += WeightGradient.TileCount(width, rows, Matrix(info, products[p]).Columns);
        }

        var itsSums = isShared ? -1 : SumsOf(info, info.Products[products[0]].DPreOffset, rows);
        matrices.Add(new MatrixItem(layer, products, rows, isShared, itsSums, Tiles, Tiles + count));
        Tiles += count;
    }

    /// <summary>Whether each matrix of a block lies right under the <paramref name="rows"/> rows that begin with those of
    /// <paramref name="first"/>, in the gradients and in dPre, and multiplies the same vector.</summary>
    private static bool GoesOn(LayerInfo info, int[] first, int rows, int[] block)
    {
        for (var i = 0; i < block.Length; i++)
        {
            if (first.Length != block.Length || !GoesOn(info, first[i], rows, block[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool GoesOn(LayerInfo info, int first, int rows, int second)
    {
        var (above, below) = (info.Products[first], info.Products[second]);
        var (upper, lower) = (Matrix(info, first), Matrix(info, second));
        return (below.Operand, below.OperandIndex) == (above.Operand, above.OperandIndex)
            && below.DPreOffset == above.DPreOffset + rows
            && lower.Columns == upper.Columns
            && lower.Offset == upper.Offset + (rows * upper.Columns);
    }

    /// <summary>Deferred products of the same rows of dPre, or of one matrix that multiplies several vectors; where among the layer's
    /// parameters the vectors begin that are summed on the way, or -1; and the range among all tiles: an element belongs to one
    /// worker.</summary>
    internal sealed record MatrixItem(int Layer, int[] Products, int Rows, bool IsShared, int Sums, int Begin, int End);

    /// <summary>The column sums of one vector.</summary>
    internal sealed record VectorItem(int Layer, int Parameter, int[] DPreOffsets);
}
