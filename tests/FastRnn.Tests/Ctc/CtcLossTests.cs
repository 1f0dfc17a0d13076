using FastRnn.Kernels;
using FastRnn.Testing;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Ctc;

/// <summary>The loss of one sequence against all ways to say its labels, counted one by one.</summary>
public sealed unsafe class CtcLossTests
{
    public static TheoryData<int, int[]> Cases => new()
    {
        { 1, [] }, { 1, [2] }, { 4, [] }, { 4, [1] }, { 5, [1, 1] }, { 5, [1, 2] }, { 6, [2, 1, 2] }, { 5, [3, 3, 3] }, { 3, [1, 2, 3] },
        { 6, [2, 2, 1] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_is_that_of_all_ways_together_and_the_gradient_its_slope(int steps, int[] labels)
    {
        const int Classes = 4;
        var z = Array.ConvertAll(Experiment.Numbers(new Random(steps + labels.Length), steps * Classes, 2), v => (double)v);
        double[][] Rows(double[] values) => [.. values.Chunk(Classes)];
        var expected = CtcPaths.Loss(Rows(z), labels);
        Assert.Equal(expected, ReferenceCtc.Of(Rows(z), labels), 1e-12);

        var (loss, gradient) = Run(Array.ConvertAll(z, v => (float)v), Classes, labels, 0.5);
        Assert.Equal(expected, loss, 1e-6);
        for (var i = 0; i < z.Length; i++)
        {
            var slope = FiniteDifferences.Partial(values => CtcPaths.Loss(Rows(values), labels), z, i, 1e-5);
            Assert.Equal(0.5 * slope, gradient[i], 1e-6);
        }
    }

    [Fact]
    public void Nothing_vanishes_over_thousands_of_steps()
    {
        const int Classes = 5, Steps = 3000;
        var z = Experiment.Numbers(new Random(1), Steps * Classes, 30);
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => 1 + (i * 7 % 4))];
        var expected = ReferenceCtc.Of([.. Array.ConvertAll(z, v => (double)v).Chunk(Classes)], labels);
        var (loss, gradient) = Run(z, Classes, labels, 1);
        Assert.True(expected > 10_000, $"{expected} is no such case");
        Assert.Equal(expected, loss, 1e-9 * expected);
        Assert.All(gradient, v => Assert.InRange(v, -1, 1));
        Assert.All(gradient.Chunk(Classes), row => Assert.Equal(0, row.Sum(), 1e-6));
    }

    [Fact]
    public void A_broken_number_is_seen_in_the_loss()
    {
        Assert.True(double.IsNaN(Run([1, 2, float.NaN, 0], 2, [1], 1).Loss));
        Assert.True(double.IsNaN(Run([1, float.PositiveInfinity, 0, 0], 2, [1], 1).Loss));
    }

    [Fact]
    public void Exponential_and_logarithm_are_those_of_the_platform_but_for_the_last_places()
    {
        var random = new Random(3);
        for (var i = 0; i < 100_000; i++)
        {
            var x = (random.NextDouble() - 0.5) * (i % 2 == 0 ? 1400 : 4);
            Assert.Equal(1, DoubleMath.Exp(x) / Math.Exp(x), 5e-16);
            var y = Math.Exp((random.NextDouble() - 0.5) * (i % 2 == 0 ? 1400 : 0.1));
            Assert.Equal(Math.Log(y), DoubleMath.Log(y), 5e-16 * Math.Max(1, Math.Abs(Math.Log(y))));
        }

        Assert.Equal((1, 0, 0), (DoubleMath.Exp(0), DoubleMath.Exp(double.NegativeInfinity), DoubleMath.Log(1)));
        Assert.Equal(double.PositiveInfinity, DoubleMath.Exp(710));
        Assert.Equal(double.NegativeInfinity, DoubleMath.Log(0));
        Assert.All(
            (double[])[DoubleMath.Exp(double.NaN), DoubleMath.Log(double.NaN), DoubleMath.Log(-1)], v => Assert.True(double.IsNaN(v)));
        Assert.Equal(double.NegativeInfinity, DoubleMath.LogSum(double.NegativeInfinity, double.NegativeInfinity));
        Assert.Equal(3, DoubleMath.LogSum(double.NegativeInfinity, 3));
    }

    private static (double Loss, float[] Gradient) Run(float[] z, int classes, int[] labels, double scale)
    {
        const int Stride = 16;
        var steps = z.Length / classes;
        var rows = new float[steps * Stride];
        var places = new nint[steps];
        var scratch = new double[CtcLoss.ScratchOf(steps, labels.Length, classes)];
        scratch.AsSpan().Fill(double.NaN);
        for (var t = 0; t < steps; t++)
        {
            // From the last to the first: steps may stand anywhere.
            places[t] = (steps - 1 - t) * Stride;
            z.AsSpan(t * classes, classes).CopyTo(rows.AsSpan((int)places[t]));
        }

        double loss;
        fixed (float* from = rows)
        fixed (nint* at = places)
        fixed (int* said = labels.Length == 0 ? [0] : labels)
        fixed (double* room = scratch)
        {
            loss = CtcLoss.Run(new CtcCall
            {
                Rows = from,
                Steps = at,
                Length = steps,
                Classes = classes,
                Labels = said,
                Count = labels.Length,
                Scale = scale,
                Scratch = room,
            });
        }

        return (loss, [.. places.SelectMany(place => rows.AsSpan((int)place, classes).ToArray())]);
    }
}
