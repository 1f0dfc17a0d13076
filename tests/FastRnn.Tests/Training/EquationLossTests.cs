using FastRnn.CompilerServices;
using FastRnn.Kernels;
using FastRnn.Losses;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Training;

/// <summary>Losses that are written as equations, against formulas and finite differences that know nothing of the generator.</summary>
public sealed unsafe class EquationLossTests
{
    [Fact]
    public void LogCosh_is_the_logarithm_of_the_hyperbolic_cosine() => Check(
        LossEquations.Of<LogCosh>(), count => (z, y) => z.Zip(y, (a, b) => Math.Log(Math.Cosh(a - b))).Sum() / count);

    [Fact]
    public void GaussianLikelihood_is_that_of_a_normal_distribution_but_for_its_constant() => Check(
        LossEquations.Of<GaussianLikelihood>(), count => (z, y) => Enumerable.Range(0, count).Average(i =>
        {
            var deviation = Math.Exp(z[count + i] / 2);
            var density = Math.Exp(-Math.Pow((y[i] - z[i]) / deviation, 2) / 2) / (deviation * Math.Sqrt(2 * Math.PI));
            return -Math.Log(density) - (Math.Log(2 * Math.PI) / 2);
        }));

    [Fact]
    public void Sums_that_wait_for_sums_are_those_of_the_formula() => Check(LossEquations.Of<WaitingSums>(), count => (z, y) =>
    {
        var (a, b) = (z[..count], z[count..]);
        var d = a.Zip(y, (p, q) => p - q).ToArray();
        var spread = Math.Sqrt(d.Select(v => Math.Pow(v - d.Average(), 2)).Average() + 0.01);
        var angle = b.Zip(y, (p, q) => p * q).Sum() / Math.Sqrt((b.Sum(v => v * v) * y.Sum(v => v * v)) + 1);
        var deviation = Math.Sqrt(b.Select(v => Math.Pow(v - b.Average(), 2)).Average() + 1e-5);
        var normal = b.Select(v => (v - b.Average()) / deviation).Zip(y, (p, q) => Math.Pow(p - (1 / (1 + Math.Exp(-q))), 2)).Sum();
        return (0.3 * (1 - angle)) + d.Average(v => Math.Log(1 + Math.Exp(v / spread))) + (b.Sum(Math.Tanh) * 2 * spread)
            + (Math.Log(1 + normal) / 7) - (a.Sum() * angle / 50);
    });

    [Fact]
    public void Large_differences_do_not_overflow()
    {
        var (loss, gradient) = Run(LossEquations.Of<LogCosh>(), [400, -400], [0, 0], SimdWidth.Bits128, 1);
        Assert.Equal(400 - Math.Log(2), loss, 1e-4);
        Assert.Equal([0.5f, -0.5f], gradient);
    }

    [Fact]
    public void Outputs_of_another_length_are_refused_by_the_reference() =>
        Assert.Contains(
            "expected 2 for each of 3 targets, got 5",
            Assert.Throws<ArgumentException>(() => LossEquations.Of<GaussianLikelihood>().Reference(new double[5], new double[3])).Message,
            StringComparison.Ordinal);

    private static void Check(LossEquations equations, Func<int, Func<double[], double[], double>> formula)
    {
        foreach (var count in (int[])[1, 2, 7, 16, 17, 33])
        {
            var random = new Random(count);
            var z = Experiment.Numbers(random, count * equations.Outputs, 1);
            var y = Experiment.Numbers(random, count, 1);
            var (zs, ys) = (Array.ConvertAll(z, v => (double)v), Array.ConvertAll(y, v => (double)v));
            var expected = formula(count)(zs, ys);
            Assert.Equal(expected, equations.Reference(zs, ys), 1e-12 * (1 + Math.Abs(expected)));

            var (loss, gradient) = Run(equations, z, y, SimdWidth.Bits128, 0.25f);
            Assert.Equal(expected, loss, 3e-6 * (1 + Math.Abs(expected)));
            for (var i = 0; i < z.Length; i++)
            {
                const double Step = 1e-5;
                double At(double by) => formula(count)([.. zs.Select((v, j) => i == j ? v + by : v)], ys);
                var slope = (At(Step) - At(-Step)) / (2 * Step);
                Assert.Equal(0.25 * slope, gradient[i], 2e-5 * (1 + Math.Abs(slope)));
            }

            foreach (var width in TestWidths.All)
            {
                var (sameLoss, sameGradient) = Run(equations, z, y, width, 0.25f);
                Assert.Equal(loss, sameLoss);
                Bits.AssertSame(width.ToString(), gradient, sameGradient);
            }
        }
    }

    /// <summary>One position; behind outputs and targets stands NaN, and gradients take the place of the outputs.</summary>
    private static (double Loss, float[] Gradient) Run(LossEquations equations, float[] z, float[] y, SimdWidth width, float scale)
    {
        var padded = (z.Length + 15) / 16 * 16;
        var outputs = stackalloc float[padded];
        var targets = stackalloc float[y.Length + 16];
        new Span<float>(outputs, padded).Fill(float.NaN);
        new Span<float>(targets, y.Length + 16).Fill(float.NaN);
        z.CopyTo(new Span<float>(outputs, padded));
        y.CopyTo(new Span<float>(targets, y.Length));
        double loss;
        var call = new LossCall
        {
            Logits = new(outputs, 0, 0),
            Gradient = new(outputs, 0, 0),
            Losses = &loss,
            Steps = 1,
            Batch = 1,
            RowEnd = 1,
            Outputs = z.Length,
            Scale = scale,
        };
        equations.Run(width, call, new SequenceRows(targets, 0, 0));
        Assert.All(new Span<float>(outputs + z.Length, padded - z.Length).ToArray(), v => Assert.Equal(0, v));
        return (loss, new Span<float>(outputs, z.Length).ToArray());
    }
}
