namespace FastRnn.Interchange.Onnx;

/// <summary>Bounds what one run of a file may cost, so that a few bytes (an Expand, a ConstantOfShape, a Range) cannot fill the memory or
/// run for hours.</summary>
/// <param name="elements">Elements of tensors that may be alive at once.</param>
/// <param name="operations">Multiplications or moves of an element in all.</param>
internal sealed class EvaluationBudget(
    long elements = EvaluationBudget.DefaultElements, long operations = EvaluationBudget.DefaultOperations)
{
    /// <summary>32 MB of doubles.</summary>
    public const long DefaultElements = 1L << 22;

    /// <summary>About half a minute.</summary>
    public const long DefaultOperations = 1L << 35;

    private long alive;
    private long spent;

    /// <summary>Counts elements that are about to be allocated.</summary>
    /// <exception cref="ForeignFileException">It would be too much.</exception>
    public void Take(long count)
    {
        Spend(count);
        if (count > elements - alive)
            throw new ForeignFileException($"the graph needs more than {elements} numbers at once");
        alive += count;
    }

    /// <summary>Gives elements back that are no longer alive.</summary>
    public void Release(long count) => alive = Math.Max(0, alive - count);

    /// <summary>Counts work that is about to be done.</summary>
    /// <exception cref="ForeignFileException">It would be too much.</exception>
    public void Spend(long count)
    {
        if (count > operations - spent)
            throw new ForeignFileException($"the graph needs more than {operations} operations");
        spent += count;
    }
}
