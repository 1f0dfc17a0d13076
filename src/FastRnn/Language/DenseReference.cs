using System.ComponentModel;

using static FastRnn.Language.Functions;

namespace FastRnn.Language;

/// <summary>A dense layer in double precision, <c>y = activation(W x + b)</c>, with the face of a cell: one state, the output,
/// which no step reads back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DenseReference : ICell
{
    private readonly Mat<Hidden, Input> W;
    private readonly Vec<Hidden> b;
    private readonly DenseActivation activation;

    /// <summary>Makes the layer.</summary>
    /// <param name="parameters">Parameter 0 is <c>W</c>, <c>[O, I]</c>; parameter 1 is <c>b</c>, <c>[O]</c>.</param>
    /// <param name="activation">Not <see cref="DenseActivation.Softmax"/>: that one belongs to the model, whose loss and
    /// whose outputs need the numbers before it.</param>
    /// <exception cref="ArgumentException"><paramref name="activation"/> is softmax or no activation, or the parameters do not fit.</exception>
    public DenseReference(CellParameters parameters, DenseActivation activation)
    {
        if (activation is < DenseActivation.Linear or >= DenseActivation.Softmax)
        {
            throw new ArgumentException(
                $"Activation of a dense layer: expected Linear, Sigmoid, Tanh or Relu, got {activation}.", nameof(activation));
        }

        W = parameters.Matrix<Hidden, Input>(0);
        b = parameters.Vector<Hidden>(1);
        this.activation = activation;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="x"/> has the wrong length.</exception>
    public double[][] Step(double[] x, double[][] states)
    {
        var z = W * new Vec<Input>(x) + b;
        var y = activation switch
        {
            DenseActivation.Sigmoid => Sigmoid(z),
            DenseActivation.Tanh => Tanh(z),
            DenseActivation.Relu => Relu(z),
            _ => z,
        };
        return [y.ToArray()];
    }
}
