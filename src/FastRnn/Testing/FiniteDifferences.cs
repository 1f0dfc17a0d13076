namespace FastRnn.Testing;

/// <summary>Derivatives from function values alone: the judge of every gradient, which shares no line with what it judges.</summary>
/// <remarks>Central differences at three steps (<c>h</c>, <c>h/2</c>, <c>h/4</c>), extrapolated to 0 (Richardson 1911): the error is of
/// order <c>h^6</c> plus about <c>1e-15 |f| / h</c> of rounding. Across a kink of a function like ReLU no extrapolation
/// helps: there a step of about 1e-6 makes the crossing rare.</remarks>
public static class FiniteDifferences
{
    /// <summary>The largest step for smooth functions whose arguments and values are of the order of 1: relative errors around
    /// 1e-12.</summary>
    public const double DefaultStep = 1.0 / 128;

    /// <summary>The derivative of <paramref name="function"/> with respect to one coordinate.</summary>
    /// <param name="function">A function of <paramref name="point"/>; called six times.</param>
    /// <param name="point">Where; one number is changed for the calls, and put back even if the function throws.</param>
    /// <param name="index">The coordinate.</param>
    /// <param name="step">The largest step, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such coordinate, or <paramref name="step"/> is not above 0.</exception>
    public static double Partial(Func<double[], double> function, double[] point, int index, double step = DefaultStep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, point.Length);
        var original = point[index];
        try
        {
            return Extrapolate(
                distance =>
                {
                    point[index] = original + distance;
                    return function(point);
                },
                step);
        }
        finally
        {
            point[index] = original;
        }
    }

    /// <summary>The derivative of <paramref name="function"/> along a direction: the gradient's product with it.</summary>
    /// <param name="function">A function of a copy of <paramref name="point"/>; called six times.</param>
    /// <param name="point">Where.</param>
    /// <param name="direction">As long as <paramref name="point"/>; a step of h moves the point by h times the direction.</param>
    /// <param name="step">The largest step, above 0.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is not above 0.</exception>
    public static double Along(Func<double[], double> function, double[] point, double[] direction, double step = DefaultStep)
    {
        if (direction.Length != point.Length)
        {
            throw new ArgumentException(
                $"Direction: expected {point.Length} numbers like the point, got {direction.Length}.", nameof(direction));
        }

        var moved = new double[point.Length];
        return Extrapolate(
            distance =>
            {
                for (var i = 0; i < moved.Length; i++)
                {
                    moved[i] = point[i] + distance * direction[i];
                }

                return function(moved);
            },
            step);
    }

    private static double Extrapolate(Func<double, double> function, double step)
    {
        if (!(step > 0) || !double.IsFinite(step))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "Step of a finite difference: expected a number above 0.");
        }

        // Each difference is the derivative plus a h^2 + b h^4 + ...: the first combination removes a, the second b.
        var (wide, middle, narrow) = (Difference(step), Difference(step / 2), Difference(step / 4));
        var (first, second) = ((4 * middle - wide) / 3, (4 * narrow - middle) / 3);
        return (16 * second - first) / 15;

        double Difference(double h) => (function(h) - function(-h)) / (2 * h);
    }
}
