namespace FastRnn.Samples.Keywords;

/// <summary>The power spectrum of a real signal: a complex transform of half the length (radix 2, Cooley and Tukey 1965), which reads even samples as real
/// and odd ones as imaginary parts, and the step that takes them apart. Allocates nothing after its creation.</summary>
internal sealed class RealFft
{
    private readonly int half;
    private readonly float[] re, im, cos, sin;
    private readonly int[] reversed;

    /// <param name="length">N, a power of two, at least 4.</param>
    public RealFft(int length)
    {
        half = length / 2;
        (re, im, reversed) = (new float[half], new float[half], new int[half]);
        (cos, sin) = (new float[half], new float[half]);
        var bits = int.Log2(half);
        for (var i = 0; i < half; i++)
        {
            (cos[i], sin[i]) = ((float)Math.Cos(2 * Math.PI * i / length), (float)-Math.Sin(2 * Math.PI * i / length));
            for (var bit = 0; bit < bits; bit++)
            {
                reversed[i] |= (i >> bit & 1) << (bits - 1 - bit);
            }
        }
    }

    /// <summary><c>|X[k]|^2</c> with <c>X[k] = sum(x[n] exp(-2 pi i k n / N))</c>.</summary>
    /// <param name="x">N samples.</param>
    /// <param name="power">Receives N / 2 + 1 numbers.</param>
    public void Power(ReadOnlySpan<float> x, Span<float> power)
    {
        for (var i = 0; i < half; i++)
        {
            (re[reversed[i]], im[reversed[i]]) = (x[2 * i], x[2 * i + 1]);
        }

        for (var width = 1; width < half; width *= 2)
        {
            var stride = half / width;
            for (var j = 0; j < width; j++)
            {
                var (c, s) = (cos[j * stride], sin[j * stride]);
                for (var a = j; a < half; a += 2 * width)
                {
                    var b = a + width;
                    var (tr, ti) = (c * re[b] - s * im[b], c * im[b] + s * re[b]);
                    (re[b], im[b]) = (re[a] - tr, im[a] - ti);
                    (re[a], im[a]) = (re[a] + tr, im[a] + ti);
                }
            }
        }

        // Z[k] = E[k] + i O[k], where E and O are the transforms of the even and the odd samples: X[k] = E[k] + w^k O[k].
        power[0] = (re[0] + im[0]) * (re[0] + im[0]);
        power[half] = (re[0] - im[0]) * (re[0] - im[0]);
        for (var k = 1; k < half; k++)
        {
            var (r, i, mr, mi) = (re[k], im[k], re[half - k], -im[half - k]);
            var (er, ei, or, oi) = ((r + mr) / 2, (i + mi) / 2, (i - mi) / 2, (mr - r) / 2);
            var (xr, xi) = (er + cos[k] * or - sin[k] * oi, ei + cos[k] * oi + sin[k] * or);
            power[k] = xr * xr + xi * xi;
        }
    }
}
