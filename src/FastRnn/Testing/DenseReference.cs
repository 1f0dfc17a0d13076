using System.ComponentModel;

using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Testing;

/// <summary>A dense layer in double precision, <c>y = activation(W x + b)</c>, with the face of a cell: one state, the output,
/// which no step reads back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DenseReference : ICell
{
    private static readonly Dictionary<DenseActivation, Func<Vec<Hidden>, Vec<Hidden>>> Functions = new()
    {
        [DenseActivation.Linear] = x => x,
        [DenseActivation.Sigmoid] = Sigmoid,
        [DenseActivation.Tanh] = Tanh,
        [DenseActivation.Relu] = Relu,
        [DenseActivation.LeakyRelu] = LeakyRelu,
        [DenseActivation.Softplus] = Softplus,
        [DenseActivation.HardSigmoid] = HardSigmoid,
        [DenseActivation.HardTanh] = HardTanh,
    };

    private readonly Mat<Hidden, Input> W;
    private readonly Vec<Hidden>? b;
    private readonly Func<Vec<Hidden>, Vec<Hidden>> function;

    /// <summary>Makes the layer.</summary>
    /// <param name="parameters">Parameter 0 is <c>W</c>, <c>[O, I]</c>; parameter 1, if the layer has it, is <c>b</c>, <c>[O]</c>.</param>
    /// <param name="activation">Not <see cref="DenseActivation.Softmax"/> or its logarithm: these belong to the model, whose loss
    /// and whose outputs need the numbers before them.</param>
    /// <param name="hasBias">Whether there is a b.</param>
    /// <exception cref="ArgumentException"><paramref name="activation"/> is softmax or no activation, or the parameters do not
    /// fit.</exception>
    public DenseReference(CellParameters parameters, DenseActivation activation, bool hasBias = true)
    {
        function = Functions.TryGetValue(activation, out var known) ? known : throw new ArgumentException(
            $"Activation of a dense layer: expected one of {string.Join(", ", Functions.Keys)}, got {activation}.", nameof(activation));

        W = parameters.Matrix<Hidden, Input>(0);
        b = hasBias ? parameters.Vector<Hidden>(1) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="x"/> has the wrong length.</exception>
    public double[][] Step(double[] x, double[][] states)
    {
        var z = W * new Vec<Input>(x);
        z = b is { } bias ? z + bias : z;
        return [function(z).ToArray()];
    }

    /// <summary>The function itself, of each number.</summary>
    internal static double[] Apply(DenseActivation activation, double[] x) => Functions[activation](new Vec<Hidden>(x)).ToArray();
}
