using FastRnn.Parameters;

namespace FastRnn.Samples.Forecasting;

/// <summary>Coupled series: something like the weather at stations around a circle of latitude,
/// <c>dx_i/dt = (x_(i+1) - x_(i-2)) x_(i-1) - x_i + F</c> (Lorenz, "Predictability: a problem partly solved", 1996). With F = 8 it is
/// chaotic; one unit of time stands for five days. Every six hours each station is read, by an instrument that is not exact.</summary>
internal static class Weather
{
    public const int Stations = 8;

    /// <summary>Readings a day.</summary>
    public const int ReadingsPerDay = 4;

    private const double Forcing = 8, UnitsPerReading = 1.0 / (5 * ReadingsPerDay), Noise = 0.2;
    private const int StepsPerReading = 5, SpinUp = 1000;

    /// <summary>The readings of all stations, <c>[T, Stations]</c>, of a climate that has forgotten its beginning.</summary>
    public static float[] Observe(long seed, int readings)
    {
        var random = new RandomSource(seed);
        var x = new double[Stations];
        foreach (ref var value in x.AsSpan())
        {
            value = Forcing + random.NextGaussian();
        }

        var observed = new float[readings * Stations];
        for (var t = -SpinUp; t < readings; t++)
        {
            for (var i = 0; i < StepsPerReading; i++)
            {
                Advance(x, UnitsPerReading / StepsPerReading);
            }

            for (var i = 0; i < Stations && t >= 0; i++)
            {
                observed[t * Stations + i] = (float)(x[i] + Noise * random.NextGaussian());
            }
        }

        return observed;
    }

    /// <summary>One step of the classical method of Runge and Kutta.</summary>
    private static void Advance(double[] x, double h)
    {
        var k1 = Slope(x);
        var k2 = Slope(Moved(x, k1, h / 2));
        var k3 = Slope(Moved(x, k2, h / 2));
        var k4 = Slope(Moved(x, k3, h));
        for (var i = 0; i < Stations; i++)
        {
            x[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
    }

    private static double[] Moved(double[] x, double[] slope, double h) => [.. x.Zip(slope, (value, change) => value + h * change)];

    private static double[] Slope(double[] x)
    {
        var slope = new double[Stations];
        for (var i = 0; i < Stations; i++)
        {
            double Neighbour(int distance) => x[(i + distance + Stations) % Stations];
            slope[i] = (Neighbour(1) - Neighbour(-2)) * Neighbour(-1) - x[i] + Forcing;
        }

        return slope;
    }
}
