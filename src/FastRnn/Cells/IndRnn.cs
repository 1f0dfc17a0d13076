using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>The independently recurrent network (Li, Li, Cook, Zhu and Gao 2018): each unit sees only its own past, through one weight,
/// so that layers mix units and steps do not. <c>u</c> starts at 1, as the paper advises where long memory is asked for.</summary>
[Cell]
public sealed partial class IndRnn
{
    private readonly Mat<Hidden, Input> W;
    [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> u;
    private readonly Vec<Hidden> b;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The hidden state.</param>
    /// <returns>The new hidden state.</returns>
    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
    {
        h = Relu(W * x + u * h + b);
        return h;
    }
}
