using System.Globalization;

namespace FastRnn.Cli.Report;

/// <summary>From numbers to places in a picture, linear or logarithmic, with round numbers to write beside it.</summary>
internal sealed class Axis
{
    private const int MostTicks = 7;
    private static readonly double[] Digits = [1, 2, 5, 10];
    private readonly double low;
    private readonly double high;
    private readonly double from;
    private readonly double to;
    private readonly bool isLog;
    private readonly double floor;
    private readonly double step;

    /// <summary>An axis that shows all of <paramref name="values"/>.</summary>
    /// <param name="values">What is finite of them counts; on a logarithmic axis what is above 0.</param>
    /// <param name="from">Where the smallest number is.</param>
    /// <param name="to">Where the largest number is.</param>
    /// <param name="isLog">Whether equal distances are equal ratios.</param>
    /// <param name="floor">What is smaller has no place on a logarithmic axis.</param>
    public Axis(IEnumerable<double> values, double from, double to, bool isLog, double floor = 0)
    {
        (this.from, this.to, this.isLog, this.floor) = (from, to, isLog, floor);
        var shown = values.Where(Shows).Select(Scale).DefaultIfEmpty(0).ToList();
        (low, high) = (shown.Min(), shown.Max());
        step = Step();
        (low, high) = (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
        if (high - low < step)
        {
            high = low + step;
        }
    }

    /// <summary>Whether a number has a place.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!isLog || (value > 0 && value >= floor));

    public double Place(double value) => Place01(Scale(value));

    /// <summary>Round numbers, their places and how they are written.</summary>
    public IEnumerable<(double Place, string Text)> Ticks()
    {
        for (var i = Math.Round(low / step); i * step <= high + (step / 1000); i++)
        {
            yield return (Place01(i * step), isLog ? PowerOfTen((int)Math.Round(i * step)) : Write(i * step, step));
        }
    }

    private double Scale(double value) => isLog ? Math.Log10(value) : value;

    private double Place01(double scaled) => from + ((scaled - low) / (high - low) * (to - from));

    private double Step()
    {
        var span = high - low;
        if (isLog)
        {
            return Math.Max(1, Math.Ceiling(span / MostTicks));
        }

        if (span <= Math.Abs(high) * 1e-9)
        {
            // A single number: to the next round one.
            return high == 0 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(high))));
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(span / MostTicks)));
        return Digits.Select(digit => digit * power).First(step => span / step <= MostTicks);
    }

    private static string Write(double value, double step)
    {
        if (Math.Abs(value) >= 1e6 || step < 1e-5)
        {
            return value.ToString("g3", CultureInfo.InvariantCulture);
        }

        var decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9));
        return value.ToString("n" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            .Replace(",", "\u2009", StringComparison.Ordinal);
    }

    private static string PowerOfTen(int exponent) => exponent switch
    {
        0 => "1",
        1 => "10",
        _ => "10" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture)
            .Select(c => c == '-' ? '\u207B' : "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079"[c - '0'])),
    };
}
