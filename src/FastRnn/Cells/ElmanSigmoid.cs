using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>The simple recurrent network (Elman 1990) with the logistic function of the original. Prefer <see cref="Elman"/>: a unit at 0
/// is a saturated one here and learns nothing, and whatever is carried is drawn to the same value, near 0.66.</summary>
[Cell]
public sealed partial class ElmanSigmoid
{
    private readonly Mat<Hidden, Input> W;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> U;
    private readonly Vec<Hidden> b;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The hidden state.</param>
    /// <returns>The new hidden state.</returns>
    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
    {
        h = Sigmoid(W * x + U * h + b);
        return h;
    }
}
