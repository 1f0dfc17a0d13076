using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>The simple recurrent network (Elman, "Finding Structure in Time", 1990) with the hyperbolic tangent:
/// <c>torch.nn.RNN</c>. <c>U</c> starts orthogonal, so that what the state remembers neither grows nor fades at first.</summary>
[Cell]
[StoredTensor("weight_ih", "W")]
[StoredTensor("weight_hh", "U")]
[StoredTensor("bias_ih", "b")]
[StoredTensor("bias_hh", "+b")]
public sealed partial class Elman
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
        h = Tanh(W * x + U * h + b);
        return h;
    }
}
