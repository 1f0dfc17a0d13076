using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Networks;

/// <summary>A matrix or a vector inside of a file's tensor: where it begins and how far its rows and columns are apart. Nothing is copied
/// before a model asks for it.</summary>
/// <param name="Tensor">The file's tensor.</param>
/// <param name="Offset">The place of the first element.</param>
/// <param name="Rows">Rows of a matrix, length of a vector.</param>
/// <param name="Columns">Columns of a matrix; 0 says that it is a vector.</param>
/// <param name="RowStride">Elements from one row to the next (of a vector: from one element to the next).</param>
/// <param name="ColumnStride">Elements from one column to the next.</param>
internal sealed record WeightView(FileTensor Tensor, int Offset, int Rows, int Columns, int RowStride, int ColumnStride)
{
    /// <summary>Number of elements.</summary>
    public int Count => IsVector ? Rows : Rows * Columns;

    public bool IsVector => Columns == 0;

    /// <summary>An element of a matrix.</summary>
    public double this[int row, int column] => Tensor[Offset + (row * RowStride) + (column * ColumnStride)];

    /// <summary>An element of a vector.</summary>
    public double this[int index] => Tensor[Offset + (index * RowStride)];

    /// <summary>A whole tensor of one dimension, or a part of it.</summary>
    public static WeightView Vector(FileTensor tensor, int offset, int length) => new(tensor, offset, length, 0, 1, 0);

    /// <summary>Rows of a row-major matrix: <c>[rows, columns]</c>, as PyTorch and ONNX store weights.</summary>
    public static WeightView Matrix(FileTensor tensor, int offset, int rows, int columns) => new(tensor, offset, rows, columns, columns, 1);

    /// <summary>Columns of a row-major matrix, turned over: <c>[rows, columns]</c> from <c>[columns, stride]</c>, as Keras stores
    /// kernels.</summary>
    public static WeightView Transposed(FileTensor tensor, int offset, int rows, int columns, int stride) =>
        new(tensor, offset, rows, columns, 1, stride);

    /// <summary>The elements, row-major, rounded to single precision.</summary>
    public void CopyTo(Span<float> values)
    {
        var (rows, columns, columnStride) = IsVector ? (1, Rows, RowStride) : (Rows, Columns, ColumnStride);
        var singles = Tensor.Singles;
        for (var row = 0; row < rows; row++)
        {
            var first = Offset + (IsVector ? 0 : row * RowStride);
            var target = values.Slice(row * columns, columns);
            if (singles.Length > 0 && columnStride == 1)
            {
                singles.Slice(first, columns).CopyTo(target);
                continue;
            }

            for (var column = 0; column < columns; column++)
            {
                var index = first + (column * columnStride);
                target[column] = singles.Length > 0 ? singles[index] : (float)Tensor[index];
            }
        }
    }
}
