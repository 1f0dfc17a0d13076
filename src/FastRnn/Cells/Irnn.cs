using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>The IRNN (Le, Jaitly and Hinton, "A Simple Way to Initialize Recurrent Networks of Rectified Linear Units", 2015): the
/// equations of <see cref="ElmanRelu"/>, begun with an identity, no bias and small input weights, so that a new network adds up the
/// little that it is given and forgets nothing. Its gradients can explode: clip them.</summary>
[Cell]
[StoredTensor("weight_ih", "W")]
[StoredTensor("weight_hh", "U")]
[StoredTensor("bias_ih", "b")]
[StoredTensor("bias_hh", "+b")]
public sealed partial class Irnn
{
    // The paper draws from a Gaussian of standard deviation 0.001, this is near to it for a layer of 100 units.
    [Initialize(Initializer.XavierUniform, 0.01)] private readonly Mat<Hidden, Input> W;
    [Initialize(Initializer.Identity)] private readonly Mat<Hidden, Hidden> U;
    [Initialize(Initializer.Zeros)] private readonly Vec<Hidden> b;

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
