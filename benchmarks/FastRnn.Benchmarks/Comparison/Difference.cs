using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>How far two sides are apart.</summary>
internal static class Difference
{
    /// <summary>Beyond this, relative to the tensor's largest magnitude, two sides in fp32 do not compute the same.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>The largest difference of a number, over the largest magnitude of its tensor: outputs, and for training all
    /// gradients.</summary>
    public static double Of(PeerOutput ours, PeerOutput theirs)
    {
        var largest = Of(ours.Y, theirs.Y);
        if (ours.DX is not null && theirs.DX is not null)
        {
            largest = Math.Max(largest, Of(ours.DX, theirs.DX));
        }

        if (ours.Gradients is not null && theirs.Gradients is not null)
        {
            foreach (var (mine, other) in ours.Gradients.Zip(theirs.Gradients))
            {
                largest = Math.Max(largest, Of(mine.WeightIh, other.WeightIh));
                largest = Math.Max(largest, Of(mine.WeightHh, other.WeightHh));
                largest = Math.Max(largest, Of(mine.BiasIh, other.BiasIh));

                // Some have one bias only.
                largest = other.BiasHh.Length == 0 ? largest : Math.Max(largest, Of(mine.BiasHh, other.BiasHh));
            }
        }

        return largest;
    }

    private static double Of(float[] ours, float[] theirs)
    {
        if (ours.Length != theirs.Length)
        {
            throw new PeerException($"expected a result of {ours.Length} numbers, got {theirs.Length}");
        }

        var (difference, magnitude) = (0.0, 0.0);
        for (var i = 0; i < ours.Length; i++)
        {
            // What is no number is as far as can be, and JSON can still say so.
            var apart = Math.Abs((double)ours[i] - theirs[i]);
            if (!double.IsFinite(apart))
            {
                return double.MaxValue;
            }

            difference = Math.Max(difference, apart);
            magnitude = Math.Max(magnitude, Math.Abs((double)theirs[i]));
        }

        return difference == 0 ? 0 : Math.Min(difference / magnitude, double.MaxValue);
    }
}
