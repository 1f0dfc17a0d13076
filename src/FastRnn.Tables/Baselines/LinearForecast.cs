using FastRnn.Tables.Preparing;
using FastRnn.Tables.Training;

namespace FastRnn.Tables.Baselines;

/// <summary>Forecasts by ridge regression on all that the model reads, for the same standardised differences: the numbers of the last rows,
/// and the categories of the last one, as ones and zeros. Its penalty is chosen on the validation part.</summary>
internal sealed class LinearForecast
{
    private const int MostFeatures = 800;
    private const int MostWidth = 2_000;
    private const int MostSamples = 30_000;
    private const int MostChecks = 4_000;

    // Where next to nothing is left over, it is rounding, and no network should learn that.
    private const double LeastScale = 0.01;
    private static readonly double[] Penalties = [1e-4, 1e-3, 1e-2, 1e-1];
    private readonly ForecastData data;
    private readonly RidgeRegression regression;
    private readonly CategoryIndicators categories;
    private readonly float[] sample;
    private readonly double[] scratch;
    private readonly float[] result;
    private bool helps;

    private LinearForecast(ForecastData data, int window)
    {
        (this.data, Window) = (data, window);
        categories = new CategoryIndicators(data.Encoded);
        sample = new float[(window * data.Encoded.Width) + categories.Width];
        regression = new RidgeRegression(sample.Length, data.Outputs.Count);
        (scratch, result) = (new double[sample.Length], new float[data.Outputs.Count]);
    }

    /// <summary>Rows that it reads.</summary>
    public int Window { get; }

    /// <summary>Fits it, or returns null where the training part has too few rows, or a row more than 2,000 numbers.</summary>
    public static LinearForecast? Fit(ForecastData data, IReadOnlyList<PartRange> parts, int window)
    {
        if (data.Encoded.Width > MostWidth)
            return null;
        var forecast = new LinearForecast(data, Math.Clamp(window, 1, Math.Max(1, MostFeatures / Math.Max(1, data.Encoded.Width))));
        var wanted = new float[data.Outputs.Count];
        foreach (var (start, row, end) in forecast.Samples(parts, Part.Training, MostSamples))
        {
            if (forecast.Wanted(wanted, start, row, end))
                forecast.regression.Add(forecast.Sample(row), wanted);
        }

        if (forecast.regression.Count < 2)
            return null;
        var (best, least) = (Penalties[0], double.PositiveInfinity);
        foreach (var penalty in Penalties)
        {
            forecast.regression.Solve(penalty);
            var (error, without) = forecast.Errors(parts);
            if (error < least)
                (best, least) = (penalty, error);
            forecast.helps |= error < without;
        }

        forecast.regression.Solve(best);
        return forecast;
    }

    /// <summary>The outputs at a row that has enough rows before it, in the model's terms; a view until the next call.</summary>
    public ReadOnlySpan<float> At(int row)
    {
        regression.Predict(Sample(row), scratch, result);
        return result;
    }

    /// <summary>As the linear part of a model's forecasts; null if it has too many weights, or none helped on the validation part: where
    /// there are few rows and many numbers a regression learns noise, of which a network would have to learn the opposite.</summary>
    public PreparedLinear? Prepare(IReadOnlyList<PartRange> parts)
    {
        if (!helps || (long)data.Outputs.Count * (sample.Length + 1) > PreparedLinear.MostWeights)
            return null;
        var (sums, wanted, count) = (new double[data.Outputs.Count], new float[data.Outputs.Count], 0);
        foreach (var (start, row, end) in Samples(parts, Part.Training, MostChecks))
        {
            if (!Wanted(wanted, start, row, end))
                continue;
            var said = At(row);
            for (var i = 0; i < wanted.Length; i++)
                sums[i] += (wanted[i] - said[i]) * (wanted[i] - said[i]);
            count++;
        }

        return new()
        {
            Window = Window,
            Weights = [.. regression.Weights],
            Scales = [.. sums.Select(sum => Math.Max(LeastScale, Math.Sqrt(sum / Math.Max(1, count))))],
        };
    }

    /// <summary>The sums of squares on the validation part: of what is wrong, and of what would be wrong if nothing were said.</summary>
    private (double Said, double Nothing) Errors(IReadOnlyList<PartRange> parts)
    {
        var (sum, nothing, wanted) = (0.0, 0.0, new float[data.Outputs.Count]);
        foreach (var (start, row, end) in Samples(parts, Part.Validation, MostChecks))
        {
            if (!Wanted(wanted, start, row, end))
                continue;
            var said = At(row);
            for (var i = 0; i < wanted.Length; i++)
            {
                sum += (double)(said[i] - wanted[i]) * (said[i] - wanted[i]);
                nothing += (double)wanted[i] * wanted[i];
            }
        }

        return (sum, nothing);
    }

    private bool Wanted(float[] wanted, int groupStart, int row, int end)
    {
        for (var i = 0; i < wanted.Length; i++)
            wanted[i] = data.Wanted(data.Outputs[i], groupStart, row, end);
        return Array.TrueForAll(wanted, float.IsFinite);
    }

    private float[] Sample(int row)
    {
        var numbers = data.Encoded.NumbersOf(row - Window + 1, row + 1);
        numbers.CopyTo(sample);
        var indicators = sample.AsSpan(numbers.Length);
        indicators.Clear();
        categories.Add(row, 1, indicators);
        return sample;
    }

    /// <summary>Rows with enough rows before them; of many one of each so many, not always the first: rows a day apart would all be of one
    /// hour.</summary>
    private IEnumerable<(int GroupStart, int Row, int End)> Samples(IReadOnlyList<PartRange> parts, Part part, int most)
    {
        var ranges = parts.Where(range => range.Part == part).ToList();
        var every = Math.Max(1, ranges.Sum(range => range.End - range.Start) / most);
        foreach (var range in ranges)
        {
            var start = data.Layout.Groups[range.Group].Start;
            for (var first = Math.Max(range.Start, start + Window - 1); first < range.End; first += every)
                yield return (start, first + SomeBelow(Math.Min(every, range.End - first), first), range.End);
        }
    }

    /// <summary>A number below <paramref name="count"/>, the same for a place on every machine: the first step of SplitMix64 (Steele, Lea
    /// and Flood 2014).</summary>
    private static int SomeBelow(int count, int place)
    {
        var mixed = unchecked((ulong)(place + 1) * 0x9E3779B97F4A7C15);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        return (int)((mixed >> 33) % (uint)count);
    }
}
