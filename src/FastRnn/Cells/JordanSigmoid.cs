using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>The network of Jordan ("Serial Order: A Parallel Distributed Processing Approach", 1986) with outputs between 0 and 1; for
/// other numbers take <see cref="Jordan"/>. The output is all that is carried: the hidden layer reads <c>y</c> of the step before, keeps
/// nothing itself, and gradients reach earlier steps through <c>y</c> alone. <c>[Layer&lt;JordanSigmoid&gt;(32, 4)]</c> has 32 hidden units
/// and an output of 4.</summary>
[Cell]
public sealed partial class JordanSigmoid
{
    private readonly Mat<Hidden, Input> W;
    private readonly Mat<Hidden, Output> U;
    private readonly Vec<Hidden> b;
    private readonly Mat<Output, Hidden> V;
    private readonly Vec<Output> c;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The output of the step before.</param>
    /// <returns>The new output.</returns>
    public Vec<Output> Step(Vec<Input> x, Vec<Output> y)
    {
        var h = Tanh(W * x + U * y + b);
        y = Sigmoid(V * h + c);
        return y;
    }
}
