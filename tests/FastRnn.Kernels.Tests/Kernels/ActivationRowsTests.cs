using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Tests.Kernels;

/// <summary>Activations as operations of their own, against the language in double precision.</summary>
public sealed unsafe class ActivationRowsTests
{
    private const int Floats = 48;
    private static readonly SimdWidth[] Widths = [SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512];

    public static TheoryData<DenseActivation> Functions =>
    [
        DenseActivation.Linear, DenseActivation.Sigmoid, DenseActivation.Tanh, DenseActivation.Relu, DenseActivation.LeakyRelu,
        DenseActivation.Softplus, DenseActivation.HardSigmoid, DenseActivation.HardTanh,
    ];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Values_and_gradients_are_those_of_the_language_and_the_same_at_every_width(DenseActivation function)
    {
        var (x, dY) = (SequenceFixture.RandomArray(Floats, 1), SequenceFixture.RandomArray(Floats, 2));
        for (var i = 0; i < Floats; i++)
            x[i] *= 5;
        (x[3], x[4], x[5]) = (0, -0f, 100);
        var results = Widths.Select(width => Run(width, function, x, dY)).ToArray();
        Assert.All(results, result => Assert.Equal(results[0].Y, result.Y));
        Assert.All(results, result => Assert.Equal(results[0].DX, result.DX));

        var (y, dX) = results[0];
        var expected = DenseReference.Apply(function, [.. x.Select(v => (double)v)]);
        for (var i = 0; i < Floats; i++)
        {
            Assert.Equal(expected[i], y[i], 1e-6 * Math.Max(1, Math.Abs(expected[i])));
            if (x[i] == 0)
            {
                continue;
            }

            // No number lies as near to a kink as the differences reach.
            var (above, below) = (DenseReference.Apply(function, [x[i] + 1e-5])[0], DenseReference.Apply(function, [x[i] - 1e-5])[0]);
            Assert.Equal((above - below) / 2e-5 * dY[i], dX[i], 1e-6);
        }
    }

    [Theory]
    [InlineData(DenseActivation.Relu, 0)]
    [InlineData(DenseActivation.LeakyRelu, 0.01f)]
    public void The_slope_at_a_kink_is_that_below_it(DenseActivation function, float slope)
    {
        var (x, dY) = (GC.AllocateArray<float>(Floats, pinned: true), GC.AllocateArray<float>(Floats, pinned: true));
        Array.Fill(dY, 1);
        Assert.All(Widths, width => Assert.All(Run(width, function, x, dY).DX, dX => Assert.Equal(slope, dX)));
    }

    [Fact]
    public void What_is_below_the_limit_becomes_0_and_what_is_no_number_stays_none()
    {
        var (x, dY) = (GC.AllocateArray<float>(Floats, pinned: true), GC.AllocateArray<float>(Floats, pinned: true));
        (x[0], x[1], dY[2]) = (1e-35f, float.NaN, 1e-35f);
        foreach (var width in Widths)
        {
            var (y, dX) = Run(width, DenseActivation.Tanh, x, dY);
            Assert.Equal(0, y[0]);
            Assert.True(float.IsNaN(y[1]));
            Assert.Equal(0, dX[2]);
        }
    }

    private static (float[] Y, float[] DX) Run(SimdWidth width, DenseActivation function, float[] x, float[] dY)
    {
        var (y, dX) = (new float[Floats], new float[Floats]);
        fixed (float* from = x, to = y, gradient = dY, result = dX)
        {
            ActivationRows.Run(width, function, from, to, Floats);
            ActivationRows.Gradient(width, function, from, to, gradient, result, Floats);
        }

        return (y, dX);
    }
}
