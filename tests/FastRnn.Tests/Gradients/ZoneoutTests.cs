using FastRnn.Cells;
using FastRnn.Execution;
using FastRnn.Language;
using FastRnn.Testing;

namespace FastRnn.Tests.Gradients;

/// <summary>Zoneout (Krueger et al. 2016) against the paper's equations and against chance.</summary>
public sealed class ZoneoutTests
{
    private const int Size = 4;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_reference_of_an_LSTM_is_the_papers(bool isTraining)
    {
        var random = new Random(61);
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
        (int Rows, int Columns)[] shapes =
            [.. Enumerable.Repeat((Size, 3), 4), .. Enumerable.Repeat((Size, Size), 4), .. Enumerable.Repeat((Size, 0), 4)];
        var parameters = new CellParameters(shapes, Numbers(shapes.Sum(s => s.Rows * Math.Max(1, s.Columns))));
        var (x, h, c) = (Numbers(3), Numbers(Size), Numbers(Size));
        double[] dropH = isTraining ? [0, 1, 1, 0] : [0.3, 0.3, 0.3, 0.3];
        double[] dropC = isTraining ? [1, 1, 0, 0] : [0.5, 0.5, 0.5, 0.5];

        var got = new ZoneoutReference(new Lstm(parameters), [0, 1]).Step(x, [h, c, dropH, dropC]);

        // c_t = d_c c_(t-1) + (1 - d_c) (f c_(t-1) + i g); h_t = d_h h_(t-1) + (1 - d_h) (o tanh(f c_(t-1) + i g)).
        for (var unit = 0; unit < Size; unit++)
        {
            double Sum(int gate) =>
                parameters.Vector<Hidden>(8 + gate)[unit]
                + Enumerable.Range(0, 3).Sum(k => parameters.Matrix<Hidden, Input>(gate)[unit, k] * x[k])
                + Enumerable.Range(0, Size).Sum(k => parameters.Matrix<Hidden, Hidden>(4 + gate)[unit, k] * h[k]);
            double Logistic(int gate) => 1 / (1 + Math.Exp(-Sum(gate)));
            var fresh = (Logistic(1) * c[unit]) + (Logistic(0) * Math.Tanh(Sum(2)));
            Assert.Equal((dropC[unit] * c[unit]) + ((1 - dropC[unit]) * fresh), got[1][unit], 1e-14);
            Assert.Equal((dropH[unit] * h[unit]) + ((1 - dropH[unit]) * Logistic(3) * Math.Tanh(fresh)), got[0][unit], 1e-14);
        }

        Assert.Equal([dropH, dropC], got[2..]);
    }

    [Fact]
    public void As_many_units_are_held_as_the_rate_says_and_no_dropout_falls_on_the_same()
    {
        var (key, held, both, dropped) = (RandomMask.Key(5, 9), 0, 0, 0);
        const int Steps = 400, Units = 100;
        for (var t = 0; t < Steps; t++)
        {
            var (row, other) = (RandomMask.ZoneoutRow(key, 2, 1, t), RandomMask.Row(key, 2, 1, t));
            for (var unit = 0; unit < Units; unit++)
            {
                var (isHeld, isDropped) = (RandomMask.Held(row, unit, 0.3f) == 1, RandomMask.Dropout(other, unit, 0.3f) == 0);
                held += isHeld ? 1 : 0;
                dropped += isDropped ? 1 : 0;
                both += isHeld && isDropped ? 1 : 0;
            }
        }

        // Seeds are fixed: these are numbers, not chances. Five standard deviations of a binomial one.
        Assert.InRange(held, (0.3 * Steps * Units) - 460, (0.3 * Steps * Units) + 460);
        Assert.InRange(dropped, (0.3 * Steps * Units) - 460, (0.3 * Steps * Units) + 460);
        Assert.InRange(both, (0.09 * Steps * Units) - 290, (0.09 * Steps * Units) + 290);
    }
}
