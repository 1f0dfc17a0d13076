using System.Runtime.Intrinsics;

namespace FastRnn.Embedded;

/// <summary>The power spectrum of a real signal: a complex transform of half the length (radix 2, Cooley and Tukey 1965), which reads even
/// samples as real and odd ones as imaginary parts, and the step that takes them apart. Allocates nothing after its creation; the same bits
/// on any processor.</summary>
internal sealed class RealFft
{
    private readonly int half;
    private readonly float[] re, im, cos, sin, splitCos, splitSin;
    private readonly int[] reversed;

    /// <param name="length">N, a power of two, at least 4.</param>
    public RealFft(int length)
    {
        half = length / 2;
        (re, im, reversed) = (new float[half], new float[half], new int[half]);
        (cos, sin, splitCos, splitSin) = (new float[half], new float[half], new float[half], new float[half]);
        var bits = int.Log2(half);
        for (var i = 0; i < half; i++)
        {
            (splitCos[i], splitSin[i]) = ((float)Math.Cos(2 * Math.PI * i / length), (float)-Math.Sin(2 * Math.PI * i / length));
            for (var bit = 0; bit < bits; bit++)
            {
                reversed[i] |= (i >> bit & 1) << (bits - 1 - bit);
            }
        }

        // The factors of the stage that joins halves of this width stand from index width on.
        for (var width = 1; width < half; width *= 2)
        {
            for (var j = 0; j < width; j++)
            {
                (cos[width + j], sin[width + j]) = ((float)Math.Cos(Math.PI * j / width), (float)-Math.Sin(Math.PI * j / width));
            }
        }
    }

    /// <summary><c>|X[k]|^2</c> with <c>X[k] = sum(x[n] exp(-2 pi i k n / N))</c>.</summary>
    /// <param name="x">N samples.</param>
    /// <param name="power">Receives N / 2 + 1 numbers.</param>
    public void Power(ReadOnlySpan<float> x, Span<float> power)
    {
        for (var i = 0; i < reversed.Length; i++)
        {
            var from = 2 * reversed[i];
            (re[i], im[i]) = (x[from], x[from + 1]);
        }

        for (var width = 1; width < half; width *= 2)
        {
            ReadOnlySpan<float> c = cos.AsSpan(width, width), s = sin.AsSpan(width, width);
            for (var a = 0; a < half; a += 2 * width)
            {
                Join(re.AsSpan(a, width), im.AsSpan(a, width), re.AsSpan(a + width, width), im.AsSpan(a + width, width), c, s);
            }
        }

        // Z[k] = E[k] + i O[k], where E and O are the transforms of the even and the odd samples: X[k] = E[k] + w^k O[k].
        power[0] = (re[0] + im[0]) * (re[0] + im[0]);
        power[half] = (re[0] - im[0]) * (re[0] - im[0]);
        for (var k = 1; k < half; k++)
        {
            var (r, i, mr, mi) = (re[k], im[k], re[half - k], -im[half - k]);
            var (er, ei, or, oi) = ((r + mr) * 0.5f, (i + mi) * 0.5f, (i - mi) * 0.5f, (mr - r) * 0.5f);
            var (xr, xi) = (er + splitCos[k] * or - splitSin[k] * oi, ei + splitCos[k] * oi + splitSin[k] * or);
            power[k] = xr * xr + xi * xi;
        }
    }

    /// <summary>Butterflies: a + w b and a - w b take the places of a and b.</summary>
    private static void Join(Span<float> ar, Span<float> ai, Span<float> br, Span<float> bi, ReadOnlySpan<float> c, ReadOnlySpan<float> s)
    {
        var j = 0;
        for (; j + 4 <= c.Length; j += 4)
        {
            var (wr, wi) = (Vector128.Create(c.Slice(j, 4)), Vector128.Create(s.Slice(j, 4)));
            var (xr, xi) = (Vector128.Create<float>(br.Slice(j, 4)), Vector128.Create<float>(bi.Slice(j, 4)));
            var (yr, yi) = (Vector128.Create<float>(ar.Slice(j, 4)), Vector128.Create<float>(ai.Slice(j, 4)));
            var (tr, ti) = (wr * xr - wi * xi, wr * xi + wi * xr);
            (yr + tr).CopyTo(ar.Slice(j, 4));
            (yi + ti).CopyTo(ai.Slice(j, 4));
            (yr - tr).CopyTo(br.Slice(j, 4));
            (yi - ti).CopyTo(bi.Slice(j, 4));
        }

        for (; j < c.Length; j++)
        {
            var (tr, ti) = (c[j] * br[j] - s[j] * bi[j], c[j] * bi[j] + s[j] * br[j]);
            (br[j], bi[j]) = (ar[j] - tr, ai[j] - ti);
            (ar[j], ai[j]) = (ar[j] + tr, ai[j] + ti);
        }
    }
}
