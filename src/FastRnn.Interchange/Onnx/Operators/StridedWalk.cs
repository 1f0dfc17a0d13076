using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Visits the elements of a tensor in another order than they lie: row-major over a shape, with a distance for each of its
/// dimensions, which may be 0 or negative.</summary>
internal struct StridedWalk(int[] shape, int[] strides, int first)
{
    private readonly int[] index = new int[shape.Length];

    /// <summary>Where the element lies.</summary>
    public int Position { get; private set; } = first;

    /// <summary>To the next element; after the last one, to the first.</summary>
    public void Next()
    {
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            Position += strides[d];
            if (++index[d] < shape[d])
                return;
            Position -= strides[d] * index[d];
            index[d] = 0;
        }
    }

    /// <summary>Distances between the elements of a tensor that lies row-major.</summary>
    public static int[] Strides(int[] shape)
    {
        var strides = new int[shape.Length];
        var stride = 1;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= Math.Max(1, shape[d]);
        }

        return strides;
    }

    /// <summary>Copies elements of a source into a row-major tensor.</summary>
    public static Tensor Copy(Tensor source, int first, int[] strides, Tensor result)
    {
        var walk = new StridedWalk(result.Shape, strides, first);
        for (var i = 0; i < result.Count; i++)
        {
            result.Values[i] = source.Values[walk.Position];
            walk.Next();
        }

        return result;
    }
}
