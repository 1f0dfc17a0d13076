using FastRnn.Samples.Common;
using FastRnn.Samples.Forecasting;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Forecasting;

public class ForecastSampleTests
{
    [Fact]
    public void The_short_version_beats_both_baselines()
    {
        var figures = ProgramRun.Quick("forecasting");
        Assert.InRange(figures["error of the linear forecast"], 0, 0.8 * figures["error of the last value"]);
        Assert.InRange(figures["error of the model"], 0, 0.5 * figures["error of the linear forecast"]);
    }

    [Fact]
    public void It_says_which_horizons_there_are()
    {
        ProgramRun.Of("forecasting", "--days", "0").AssertFails(ExitCodes.Usage, "--days: expected a number from 1 to 10, got '0'");
        ProgramRun.Of("forecasting", "--days", "11").AssertFails(ExitCodes.Usage, "got '11'");
    }

    [Fact]
    public void The_weather_is_that_of_Lorenz()
    {
        var x = Weather.Observe(3, 20_000);
        Assert.Equal(x[..800], Weather.Observe(3, 100));
        Assert.NotEqual(x[..800], Weather.Observe(4, 100));

        // The mean energy is balanced: mean(x^2) = F mean(x), besides the noise of the instruments, 0.2^2.
        Assert.Equal(1, (x.Average(value => (double)value * value) - 0.04) / (8 * x.Average(value => (double)value)), 0.01);
        Assert.All(x, value => Assert.InRange(value, -15, 20));
    }

    [Fact]
    public void The_linear_forecast_finds_a_linear_law()
    {
        // y(t + 1) = 0.5 y(t) + 0.3 z(t - 1) + 1, driven by z, which nobody can foresee.
        var random = new Random(1);
        var x = new float[2 * 500];
        for (var t = 1; t < 500; t++)
        {
            x[2 * t + 1] = random.NextSingle();
            x[2 * t] = 0.5f * x[2 * t - 2] + (t < 2 ? 0 : 0.3f * x[2 * t - 3]) + 1;
        }

        var y = new float[2];
        new LinearForecast(x.AsSpan(20), series: 2, lags: 2, horizon: 1).Predict(x, 300, y);
        Assert.Equal(0.5f * x[600] + 0.3f * x[599] + 1, y[0], 1e-4f);
    }

    [Fact]
    public void Series_are_brought_to_mean_0_and_variance_1()
    {
        float[] x = [1, 10, 3, 30, 5, 80];
        Standardize.Fit(x, 2).Apply(x);
        Assert.Equal(0, x[0] + x[2] + x[4], 1e-6f);
        Assert.Equal(3, x[1] * x[1] + x[3] * x[3] + x[5] * x[5], 1e-5f);
    }
}
