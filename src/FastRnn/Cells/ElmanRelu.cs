using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>The simple recurrent network (Elman 1990) with rectified units: <c>torch.nn.RNN(nonlinearity="relu")</c>. <c>U</c>
/// starts as the identity: the state then adds up what it is given (Le, Jaitly and Hinton, "A Simple Way to Initialize
/// Recurrent Networks of Rectified Linear Units", 2015).</summary>
[Cell]
[StoredTensor("weight_ih", "W")]
[StoredTensor("weight_hh", "U")]
[StoredTensor("bias_ih", "b")]
[StoredTensor("bias_hh", "+b")]
public sealed partial class ElmanRelu
{
    private readonly Mat<Hidden, Input> W;
    [Initialize(Initializer.Identity)] private readonly Mat<Hidden, Hidden> U;
    private readonly Vec<Hidden> b;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The hidden state.</param>
    /// <returns>The new hidden state.</returns>
    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
    {
        h = Relu(W * x + U * h + b);
        return h;
    }
}
