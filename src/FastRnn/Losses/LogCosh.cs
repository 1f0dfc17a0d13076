using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Losses;

/// <summary>The logarithm of the hyperbolic cosine of a difference, averaged over the outputs: a square near 0 and a line far away, as
/// <see cref="HuberAttribute"/>, with all derivatives. Keras' <c>LogCosh</c>.</summary>
[Loss]
public sealed partial class LogCosh
{
    private const double Log2 = 0.69314718055994531;

    /// <summary>The loss of one position.</summary>
    /// <param name="z">Outputs.</param>
    /// <param name="y">Targets.</param>
    /// <returns>A number.</returns>
    public Vec<Target> Step(Vec<Target> z, Vec<Target> y)
    {
        // log(cosh(d)) without the exponential of a large number.
        var d = z - y;
        return Mean(d + Softplus(-2 * d) - Log2);
    }
}
