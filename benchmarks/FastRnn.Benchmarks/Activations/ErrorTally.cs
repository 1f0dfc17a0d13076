using System.Runtime.Intrinsics;

namespace FastRnn.Benchmarks.Activations;

/// <summary>The errors of one side. An infinite error is a NaN or an infinity that is wrong.</summary>
/// <param name="from">Where errors in ulp begin to count.</param>
internal sealed class ErrorTally(float from)
{
    private const int Lanes = 8;
    private const long ExponentMask = 0x7FFL << 52;

    // Divided by the power of two at or below a number it is 2^23 over that power: ulps of the number in 1.
    private const long UlpScale = (1023L + 1023 + 23) << 52;
    private const double SmallestNormal = 1.1754943508222875e-38;

    // From here on a number rounds to infinity.
    private static readonly double Overflow = Math.ScaleB(2 - Math.ScaleB(1, -24), 127);

    /// <summary>In units of the last place of the exact value, where that is at least 2^-126 and x not below the range.</summary>
    public Worst Ulps { get; private set; }

    /// <summary>Everywhere.</summary>
    public Worst Absolute { get; private set; }

    /// <summary>Where no error in ulp counts: results that a float could hold as a denormal only, and x below the range.</summary>
    public Worst Elsewhere { get; private set; }

    /// <summary>Adds some results.</summary>
    public void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<double> exact)
    {
        for (var i = 0; i < x.Length; i += Lanes)
        {
            var part = x.Slice(i, Lanes);
            Add(part, Widen(part), Widen(y.Slice(i, Lanes)), Vector512.Create(exact.Slice(i, Lanes)));
        }
    }

    /// <summary>Adds what another thread found.</summary>
    public void Add(ErrorTally other)
    {
        Ulps = Worst.Of(Ulps, other.Ulps);
        Absolute = Worst.Of(Absolute, other.Absolute);
        Elsewhere = Worst.Of(Elsewhere, other.Elsewhere);
    }

    private void Add(ReadOnlySpan<float> xs, Vector512<double> x, Vector512<double> y, Vector512<double> exact)
    {
        var magnitude = Vector512.Abs(exact);
        var isRight = Vector512.Equals(y, exact)
            | (Vector512.IsNaN(y) & Vector512.IsNaN(exact))
            | (Vector512.GreaterThanOrEqual(magnitude, Vector512.Create(Overflow)) & Vector512.Equals(
                y, Vector512.CopySign(Vector512.Create(double.PositiveInfinity), exact)));
        var error = Vector512.Abs(y - exact);
        error = Vector512.ConditionalSelect(Vector512.IsNaN(error), Vector512.Create(double.PositiveInfinity), error);
        error = Vector512.AndNot(error, isRight);

        var counts = Vector512.GreaterThanOrEqual(magnitude, Vector512.Create(SmallestNormal)) & Vector512.GreaterThanOrEqual(
            x, Vector512.Create((double)from));
        var scale = (Vector512.Create(UlpScale) - (exact.AsInt64() & Vector512.Create(ExponentMask))).AsDouble();
        Ulps = Note(Ulps, (error * scale) & counts, xs);
        Absolute = Note(Absolute, error, xs);
        Elsewhere = Note(Elsewhere, Vector512.AndNot(error, counts), xs);
    }

    private static Worst Note(Worst worst, Vector512<double> errors, ReadOnlySpan<float> xs)
    {
        if (Vector512.GreaterThanAny(errors, Vector512.Create(worst.Error)))
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                worst = Worst.Of(worst, new Worst(errors[lane], xs[lane]));
            }
        }

        return worst;
    }

    private static Vector512<double> Widen(ReadOnlySpan<float> values) =>
        Vector512.WidenLower(Vector512.Create(Vector256.Create(values), Vector256<float>.Zero));
}
