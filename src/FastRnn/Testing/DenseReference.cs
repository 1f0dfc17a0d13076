using System.ComponentModel;

using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Testing;

/// <summary>A dense layer in double precision, <c>y = activation(W x + b)</c>, with the face of a cell: one state, the output,
/// which no step reads back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DenseReference : ICell
{
    private readonly Mat<Hidden, Input> W;
    private readonly Vec<Hidden>? b;
    private readonly DenseActivation activation;

    /// <summary>Makes the layer.</summary>
    /// <param name="parameters">Parameter 0 is <c>W</c>, <c>[O, I]</c>; parameter 1, if the layer has it, is <c>b</c>, <c>[O]</c>.</param>
    /// <param name="activation">Not <see cref="DenseActivation.Softmax"/> or its logarithm: these belong to the model, whose loss
    /// and whose outputs need the numbers before them.</param>
    /// <param name="hasBias">Whether there is a b.</param>
    /// <exception cref="ArgumentException"><paramref name="activation"/> is softmax or no activation, or the parameters do not
    /// fit.</exception>
    public DenseReference(CellParameters parameters, DenseActivation activation, bool hasBias = true)
    {
        Check(activation);
        this.activation = activation;
        W = parameters.Matrix<Hidden, Input>(0);
        b = hasBias ? parameters.Vector<Hidden>(1) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="x"/> has the wrong length.</exception>
    public double[][] Step(double[] x, double[][] states)
    {
        var z = W * new Vec<Input>(x);
        z = b is { } bias ? z + bias : z;
        return [Apply(activation, z).ToArray()];
    }

    /// <summary>The function itself, of each number.</summary>
    internal static double[] Apply(DenseActivation activation, double[] x) => Apply(activation, new Vec<Hidden>(x)).ToArray();

    // No table of delegates: native programs hold what makes a reference, if not what runs it.
    private static Vec<Hidden> Apply(DenseActivation activation, Vec<Hidden> x) => activation switch
    {
        DenseActivation.Sigmoid => Sigmoid(x),
        DenseActivation.Tanh => Tanh(x),
        DenseActivation.Relu => Relu(x),
        DenseActivation.LeakyRelu => LeakyRelu(x),
        DenseActivation.Softplus => Softplus(x),
        DenseActivation.HardSigmoid => HardSigmoid(x),
        DenseActivation.HardTanh => HardTanh(x),
        _ => x,
    };

    private static void Check(DenseActivation activation)
    {
        if (activation is < DenseActivation.Linear or > DenseActivation.HardTanh or DenseActivation.Softmax or DenseActivation.LogSoftmax)
        {
            throw new ArgumentException(
                $"Activation of a dense layer: expected the function of each output by itself, got {activation}.", nameof(activation));
        }
    }
}
