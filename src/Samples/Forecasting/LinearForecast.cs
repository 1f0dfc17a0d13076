using FastRnn.Samples.Common;

namespace FastRnn.Samples.Forecasting;

/// <summary>What is to be beaten: a vector autoregression, the least squares fit of the future on the last readings of all
/// series.</summary>
internal sealed class LinearForecast
{
    private readonly int series, lags;
    private readonly LeastSquares fit;

    /// <summary>Fits it.</summary>
    /// <param name="x"><c>[T, series]</c>.</param>
    /// <param name="series">Series side by side.</param>
    /// <param name="lags">How many readings it looks back.</param>
    /// <param name="horizon">How many readings it looks ahead.</param>
    public LinearForecast(ReadOnlySpan<float> x, int series, int lags, int horizon)
    {
        (this.series, this.lags) = (series, lags);
        fit = new LeastSquares(series * lags, series);
        for (var t = lags - 1; t + horizon < x.Length / series; t++)
        {
            fit.Add(Recent(x, t), x.Slice((t + horizon) * series, series));
        }

        fit.Solve();
    }

    /// <summary>The forecast made at reading <paramref name="t"/>.</summary>
    /// <param name="x"><c>[T, series]</c>.</param>
    /// <param name="t">At least lags - 1.</param>
    /// <param name="y">Receives <c>[series]</c>.</param>
    public void Predict(ReadOnlySpan<float> x, int t, Span<float> y) => fit.Predict(Recent(x, t), y);

    private ReadOnlySpan<float> Recent(ReadOnlySpan<float> x, int t) => x.Slice((t - lags + 1) * series, lags * series);
}
