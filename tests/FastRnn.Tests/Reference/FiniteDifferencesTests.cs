using FastRnn.Testing;

namespace FastRnn.Tests.Reference;

public sealed class FiniteDifferencesTests
{
    private static readonly double[] Point = [0.3, -1.2];

    [Fact]
    public void A_partial_derivative_has_eleven_digits_and_leaves_the_point_as_it_was()
    {
        double[] point = [.. Point];
        double[] expected = [Dx(point), Dy(point)];
        for (var i = 0; i < point.Length; i++)
        {
            Assert.Equal(expected[i], FiniteDifferences.Partial(F, point, i), Math.Abs(expected[i]) * 1e-11);
        }

        Assert.Equal(Point, point);
    }

    [Fact]
    public void A_directional_derivative_is_the_gradient_times_the_direction() =>
        Assert.Equal(0.7 * Dx(Point) - 0.4 * Dy(Point), FiniteDifferences.Along(F, Point, [0.7, -0.4]), 1e-11);

    [Fact]
    public void Polynomials_up_to_the_sixth_degree_are_exact_even_with_a_large_step() =>
        Assert.Equal(6 * Math.Pow(2, 5), FiniteDifferences.Partial(x => Math.Pow(x[0], 6), [2], 0, step: 1), 1e-10);

    [Fact]
    public void The_point_is_put_back_when_the_function_throws()
    {
        double[] point = [.. Point];
        Assert.Throws<InvalidOperationException>(
            () => FiniteDifferences.Partial(_ => throw new InvalidOperationException(), point, 1));
        Assert.Equal(Point, point);
    }

    [Fact]
    public void Arguments_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FiniteDifferences.Partial(F, Point, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => FiniteDifferences.Partial(F, Point, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FiniteDifferences.Partial(F, Point, 0, step: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FiniteDifferences.Partial(F, Point, 0, double.NaN));
        Assert.Throws<ArgumentException>(() => FiniteDifferences.Along(F, Point, [1]));
    }

    private static double F(double[] p) => Math.Exp(p[0]) * Math.Sin(p[1]) + p[0] * p[0] * p[1];

    private static double Dx(double[] p) => Math.Exp(p[0]) * Math.Sin(p[1]) + 2 * p[0] * p[1];

    private static double Dy(double[] p) => Math.Exp(p[0]) * Math.Cos(p[1]) + p[0] * p[0];
}
