using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

/// <summary>The size of the output of a <see cref="JordanOutput"/> cell.</summary>
internal abstract class Output : IDimension;

/// <summary>What is carried on is the output (Jordan 1986), of another size than the units.</summary>
[Cell]
internal sealed partial class JordanOutput
{
    private readonly Mat<Hidden, Input> W;
    private readonly Mat<Hidden, Output> U;
    private readonly Vec<Hidden> b;
    private readonly Mat<Output, Hidden> V;
    private readonly Vec<Output> d;

    public Vec<Output> Step(Vec<Input> x, Vec<Output> y)
    {
        var h = Tanh(W * x + U * y + b);
        y = Sigmoid(V * h + d);
        return y;
    }
}
