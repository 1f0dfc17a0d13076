using FastRnn.Tables.Baselines;
using FastRnn.Tables.Preparing;

namespace FastRnn.Tables.Tests;

/// <summary>The parts that a preparation is made of, held against what is known of them.</summary>
public class PartsTests
{
    [Fact]
    public void Standardised_numbers_have_mean_0_and_deviation_1_and_go_back()
    {
        float[] values = [2, 4, 4, 4, float.NaN, 5, 5, 7, 9];
        var fit = Standardizer.Fit(values);
        Assert.Equal(new Standardizer(5, 2), fit);

        var standardised = new float[values.Length];
        fit.Transform(values, standardised);
        Assert.Equal([-1.5f, -0.5f, -0.5f, -0.5f, 0, 0, 0, 1, 2], standardised);
        fit.Invert(standardised, standardised);
        Assert.Equal([2f, 4, 4, 4, 5, 5, 5, 7, 9], standardised);

        Assert.Equal(new Standardizer(3, 1), Standardizer.Fit([3, 3, 3]));
        Assert.Equal(new Standardizer(0, 1), Standardizer.Fit([]));
        Assert.Equal(1, Standardizer.Fit([0.1f, 0.1f, 0.1f]).Scale);
        Assert.Throws<ArgumentException>(() => fit.Transform(values, new float[1]));
    }

    [Fact]
    public void The_mean_of_a_million_numbers_has_the_digits_of_one()
    {
        var fit = Standardizer.Fit(Enumerable.Repeat(0.1f, 1_000_000).ToArray());
        Assert.Equal(0.1f, fit.Mean, 1e-12);
        Assert.Equal(1, fit.Scale);
    }

    [Fact]
    public void Windows_count_each_row_once_and_read_no_later_one()
    {
        var windows = RowWindow.Cover(start: 10, first: 15, end: 38, window: 8).ToList();
        Assert.Equal([new(10, 15, 23), new(15, 23, 31), new(23, 31, 38)], windows);
        Assert.Equal(Enumerable.Range(15, 23), windows.SelectMany(w => Enumerable.Range(w.First, w.End - w.First)));
        Assert.Empty(RowWindow.Cover(3, 3, 3, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => RowWindow.Cover(3, 2, 9, 5));
    }

    [Theory]
    [InlineData(5, 1, Anchor.Last, 5)]
    [InlineData(6, 3, Anchor.Last, 5)]
    [InlineData(7, 1, 4, 4)]
    [InlineData(7, 4, 4, 7)]
    [InlineData(7, 5, 4, 4)]
    [InlineData(7, 3, 4, 2)]
    [InlineData(2, 1, 8, float.NaN)]
    [InlineData(2, 1, Anchor.None, 0)]
    public void What_is_known_of_a_value_is_the_last_one_or_that_of_the_last_season(int row, int horizon, int period, float expected)
    {
        // A row's value is its number; the sixth is missing.
        float[] values = [0, 1, 2, 3, 4, 5, float.NaN, 7, 8, 9];
        Assert.Equal(expected, Anchor.Of(values, 0, row, horizon, period));
    }

    [Fact]
    public void A_ridge_regression_is_the_solution_of_its_equations()
    {
        // y = 3 a - 2 b + 1 and z = b, without noise: the penalty is nearly nothing.
        var random = new Random(1);
        var regression = new RidgeRegression(2, 2);
        for (var i = 0; i < 1_000; i++)
        {
            var (a, b) = ((float)random.NextDouble(), (float)random.NextDouble());
            regression.Add([a, b], [(3 * a) - (2 * b) + 1, b]);
        }

        regression.Solve(1e-12);
        var result = new float[2];
        regression.Predict([0.5f, -2], new double[2], result);
        Assert.Equal(6.5f, result[0], 4);
        Assert.Equal(-2f, result[1], 4);

        // One sample of each sign: w = sum(x y) / (sum(x^2) + penalty n) = 4 / (2 + 2 * 1).
        var small = new RidgeRegression(1, 1);
        small.Add([1], [2]);
        small.Add([-1], [-2]);
        small.Solve(1);
        small.Predict([1], new double[1], result.AsSpan(0, 1));
        Assert.Equal(1f, result[0], 5);
    }

    [Fact]
    public void Gaps_and_the_calendar_are_numbers()
    {
        var time = new PreparedTime { Name = "t", IsCalendar = true, Step = 3600, HasDay = true, HasWeek = true, HasYear = false };
        var to = new float[time.Width];
        var sunday = TableTime.Seconds(new DateTime(2024, 6, 2, 6, 0, 0, DateTimeKind.Utc));
        time.Write(sunday, sunday - 7200, to);
        Assert.Equal([1, 1, 0, 1, 0, 0, 0, 0, 0, 0], to.Select(value => MathF.Round(value, 6)));
        time.Write(sunday, double.NaN, to);
        Assert.Equal(0, to[0]);
        Assert.Equal(["t (gap)", "t (day (sine))", "t (day (cosine))", "t (Sunday)"], time.Names().Take(4));
    }

    [Fact]
    public void The_season_is_found_in_the_usual_step()
    {
        var random = new Random(1);
        var hours = Enumerable.Range(0, 24 * 40).Select(i =>
            (float)(Math.Sin(2 * Math.PI * i / 24) + (0.1 * random.NextDouble()))).ToArray();
        var time = new PreparedTime { Name = "t", IsCalendar = true, Step = 3600 };
        Assert.Equal(24, SeasonFinder.Find(hours, [new(Part.Training, 0, 0, hours.Length)], time));
        Assert.Equal(0, SeasonFinder.Find(hours, [new(Part.Training, 0, 0, 40)], time));
        Assert.Equal(0, SeasonFinder.Find(hours, [new(Part.Training, 0, 0, hours.Length)], time with { IsCalendar = false }));
    }
}
