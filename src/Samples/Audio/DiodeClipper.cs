namespace FastRnn.Samples.Audio;

/// <summary>The teacher: the heart of a distortion pedal, a resistor into a capacitor with two diodes across it, one each way,
/// <c>C dv/dt = (u - v) / R - 2 Is sinh(v / (n Vt))</c>. Equation and values are those of Yeh, Abel and Smith, "Simplified,
/// physically-informed models of distortion and overdrive guitar effects pedals" (DAFx 2007): 2.2 kilohm, 10 nF, diodes of 2.52 nA and n Vt
/// = 45.3 mV.</summary>
/// <remarks>The equation is stiff: where a diode conducts it is a thousand times faster than the note. So each step is implicit, by the
/// trapezoidal rule, and Newton's method solves it. Between two samples the voltage of the guitar is taken for a straight line, in
/// <c>substeps</c> pieces.</remarks>
internal sealed class DiodeClipper
{
    public const int SampleRate = 48_000;

    private const double Resistance = 2200, Capacitance = 10e-9, Saturation = 2.52e-9, Thermal = 45.3e-3;

    /// <summary>What the diodes never let through: the output is in parts of it.</summary>
    private const double FullScale = 0.7;

    /// <summary>As circuit simulators do, because the exponential throws a whole step of Newton far away.</summary>
    private const double LargestStep = 2 * Thermal;

    private readonly double drive, stepTime;
    private readonly int substeps;
    private double u, v;

    /// <summary>Makes a circuit at rest.</summary>
    /// <param name="drive">Volts of a full-scale input: how far the amplifier before the diodes is turned up.</param>
    /// <param name="substeps">Steps of the solver from sample to sample.</param>
    public DiodeClipper(double drive, int substeps = 8)
    {
        this.drive = drive;
        this.substeps = substeps;
        stepTime = 1.0 / SampleRate / substeps;
    }

    /// <summary>Plays; the charge of the capacitor is carried on from call to call.</summary>
    /// <param name="x">The guitar, -1 to 1.</param>
    /// <param name="y">Receives the distorted sound, -1 to 1; as long as <paramref name="x"/>.</param>
    public void Process(ReadOnlySpan<float> x, Span<float> y)
    {
        for (var t = 0; t < x.Length; t++)
        {
            var (from, to) = (u, drive * x[t]);
            for (var i = 1; i <= substeps; i++)
            {
                Advance(from + (to - from) * i / substeps);
            }

            y[t] = (float)(v / FullScale);
        }
    }

    /// <summary>One step of the trapezoidal rule: finds w with <c>w - v = h / 2 (f(u, v) + f(uNext, w))</c>.</summary>
    private void Advance(double uNext)
    {
        var half = stepTime / 2;
        var known = v + half * Slope(u, v, out _);
        var w = v;
        double step;
        var iterations = 0;
        do
        {
            var error = w - half * Slope(uNext, w, out var derivative) - known;
            step = Math.Clamp(error / (1 - half * derivative), -LargestStep, LargestStep);
            w -= step;
        }
        while (Math.Abs(step) > 1e-10 && ++iterations < 100);

        (u, v) = (uNext, w);
    }

    /// <summary>dv/dt, and how it changes with v.</summary>
    private static double Slope(double u, double v, out double derivative)
    {
        var e = Math.Exp(v / Thermal);
        var (sinh, cosh) = ((e - 1 / e) / 2, (e + 1 / e) / 2);
        derivative = -(1 / Resistance + 2 * Saturation / Thermal * cosh) / Capacitance;
        return ((u - v) / Resistance - 2 * Saturation * sinh) / Capacitance;
    }
}
