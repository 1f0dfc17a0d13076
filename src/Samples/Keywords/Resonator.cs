namespace FastRnn.Samples.Keywords;

/// <summary>Two poles, <c>y[n] = a x[n] + b y[n - 1] + c y[n - 2]</c>, with the coefficients of Klatt (1980).</summary>
internal struct Resonator
{
    private double a, b, c, y1, y2;

    /// <summary>A peak of gain at a frequency; the gain at 0 Hz is 1.</summary>
    public void Tune(double frequency, double width)
    {
        Place(frequency, width);
        a = 1 - b - c;
    }

    /// <summary>The same peak, but white noise leaves with the power with which it came.</summary>
    public void TuneForNoise(double frequency, double width)
    {
        Place(frequency, width);
        a = Math.Sqrt(NoiseGain());
    }

    public double Next(double x)
    {
        var y = a * x + b * y1 + c * y2;
        (y1, y2) = (y, y1);
        return y;
    }

    /// <summary>Two zeros in place of the poles: what takes the peak away again.</summary>
    public double Undo(double x)
    {
        var y = (x - b * y1 - c * y2) / a;
        (y1, y2) = (x, y1);
        return y;
    }

    private void Place(double frequency, double width)
    {
        var radius = Math.Exp(-Math.PI * width / LogMel.SampleRate);
        c = -radius * radius;
        b = 2 * radius * Math.Cos(2 * Math.PI * frequency / LogMel.SampleRate);
    }

    /// <summary>One over the variance of the process <c>y = x + b y1 + c y2</c> of white noise x of variance 1 (Yule and Walker).</summary>
    private readonly double NoiseGain() => (1 + c) * ((1 - c) * (1 - c) - b * b) / (1 - c);
}
