using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>Rows of an operand, rounded to int8, in the memory of a worker: scales, what sums of a row lack, then the rows.</summary>
/// <param name="form">How they are stored.</param>
/// <param name="at">Where they are.</param>
/// <param name="length">Elements of a row.</param>
internal readonly unsafe struct Int8Block(Int8Form form, byte* at, int length)
{
    /// <summary>The scales of the rows.</summary>
    public float* Scales { get; } = (float*)at;

    /// <summary>What the sums of each row lack.</summary>
    public int* Missing { get; } = (int*)at + Int8Layout.BlockRows;

    /// <summary>The first row.</summary>
    public byte* Rows { get; } = at + (Int8Layout.BlockRows * (sizeof(float) + sizeof(int)));

    /// <summary>Bytes from one row to the next. What has no signs leaves no room for them: rows with gaps share lines of the
    /// cache.</summary>
    public nint Stride { get; } = form == Int8Form.Magnitude ? Int8Layout.RowBytes(length) : Int8Layout.PlaneBytes(length);

    /// <summary>Bytes from the elements of a row to their signs.</summary>
    public nint Plane { get; } = Int8Layout.PlaneBytes(length);

    /// <summary>Words of four elements in a row.</summary>
    public int Words { get; } = Int8Layout.Words(length);

    /// <summary>Rounds rows.</summary>
    /// <param name="x">The first row.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="rows">How many, at most <see cref="Int8Layout.BlockRows"/>.</param>
    /// <param name="elements">Elements of a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Round(float* x, nint stride, int rows, int elements)
    {
        for (var row = 0; row < rows; row++)
        {
            Missing[row] = Int8Rows.Round(form, x + (row * stride), elements, Rows + (row * Stride), Scales + row);
        }
    }
}
