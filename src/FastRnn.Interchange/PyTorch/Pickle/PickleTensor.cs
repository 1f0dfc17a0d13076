namespace FastRnn.Interchange.PyTorch.Pickle;

/// <summary>A tensor that lies in a storage. Its last element is inside of it.</summary>
/// <param name="Storage">Where it lies.</param>
/// <param name="Offset">Its first element.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Strides">Elements of the storage from one index to the next, for each size; none is negative.</param>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides)
{
    /// <summary>Whether its elements lie one behind the other.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (var i = Shape.Count - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != expected)
                    return false;
                expected *= Shape[i];
            }

            return true;
        }
    }
}
