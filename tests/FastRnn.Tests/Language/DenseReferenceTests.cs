using FastRnn.Language;
using FastRnn.Testing;

namespace FastRnn.Tests.Language;

public sealed class DenseReferenceTests
{
    private static readonly CellParameters Parameters = new([(2, 3), (2, 0)], 1, 2, 3, -4, 5, -6, 0.5, -0.5);

    private static readonly double[] X = [0.1, -0.2, 0.3];

    [Theory]
    [InlineData(DenseActivation.Linear)]
    [InlineData(DenseActivation.Sigmoid)]
    [InlineData(DenseActivation.Tanh)]
    [InlineData(DenseActivation.Relu)]
    [InlineData(DenseActivation.LeakyRelu)]
    [InlineData(DenseActivation.Softplus)]
    [InlineData(DenseActivation.HardSigmoid)]
    [InlineData(DenseActivation.HardTanh)]
    public void The_output_is_the_activation_of_the_weighted_sum(DenseActivation activation)
    {
        Func<double, double> function = activation switch
        {
            DenseActivation.Sigmoid => z => 1 / (1 + Math.Exp(-z)),
            DenseActivation.Tanh => Math.Tanh,
            DenseActivation.Relu => z => Math.Max(z, 0),
            DenseActivation.LeakyRelu => z => z > 0 ? z : z / 100,
            DenseActivation.Softplus => z => Math.Log(1 + Math.Exp(z)),
            DenseActivation.HardSigmoid => z => Math.Min(1, Math.Max(0, (z / 6) + 0.5)),
            DenseActivation.HardTanh => z => Math.Min(1, Math.Max(-1, z)),
            _ => z => z,
        };
        var states = new DenseReference(Parameters, activation).Step(X, [[7, 7]]);
        var y = Assert.Single(states);
        Assert.Equal(function(0.1 - 0.4 + 0.9 + 0.5), y[0], 1e-14);
        Assert.Equal(function(-0.4 - 1.0 - 1.8 - 0.5), y[1], 1e-14);
    }

    [Theory]
    [InlineData(DenseActivation.Softmax)]
    [InlineData(DenseActivation.LogSoftmax)]
    [InlineData((DenseActivation)(-1))]
    [InlineData((DenseActivation)99)]
    public void Softmax_is_not_its_business(DenseActivation activation) =>
        Assert.Throws<ArgumentException>(() => new DenseReference(Parameters, activation));

    [Fact]
    public void An_input_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => new DenseReference(Parameters, DenseActivation.Linear).Step([1, 2], [[0, 0]]));
}
