namespace FastRnn.Testing;

/// <summary>How far from the equations in double precision a result in single precision may be, relative to the largest number of its
/// tensor: oneDNN's own bound for its kernels, <c>4 ceil(log2(K T)) 2^-23</c>. K is the longest sum of products of a step, T the most
/// steps that stand behind one another.</summary>
/// <remarks>Rounding errors of a sum of n products grow like its logarithm where they are as often up as down; 2^-23 is twice the largest
/// error of one rounding, and 4 is room for the functions behind the sums.</remarks>
public static class ErrorBound
{
    /// <summary>Below this a tensor counts as zero, whose error cannot be relative.</summary>
    public const double Floor = 1e-6;

    /// <summary>Of outputs and states.</summary>
    /// <param name="info">The model.</param>
    /// <param name="steps">T: from the first step of a source, if there is one, to the last of the sequence; at least 1.</param>
    public static double Forward(ModelInfo info, int steps)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var k = info.Layers.Max(layer => layer.InputSize + (layer.IsRecurrent ? layer.States.Sum(state => state.Size) : 0));
        return 4 * Math.Ceiling(Math.Log2((double)k * steps)) * Math.Pow(2, -23);
    }

    /// <summary>Of gradients: twice that, as the way back has the errors of the way there and its own.</summary>
    /// <inheritdoc cref="Forward" path="/param"/>
    public static double Backward(ModelInfo info, int steps) => 2 * Forward(info, steps);

    /// <summary>The largest magnitude of a tensor, at least <see cref="Floor"/>; what is no number is passed over.</summary>
    /// <param name="values">The tensor.</param>
    public static double Magnitude(ReadOnlySpan<float> values)
    {
        var largest = Floor;
        foreach (var value in values)
        {
            if (Math.Abs(value) > largest)
            {
                largest = Math.Abs(value);
            }
        }

        return largest;
    }
}
