using System.Numerics;

namespace FastRnn.Parameters;

/// <summary>A seeded source of random numbers: xoshiro256** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators",
/// 2021), whose four words are filled by splitmix64 (Steele, Lea and Flood 2014). The same seed gives the same numbers on every
/// platform. Not for secrets; not for several threads at once.</summary>
/// <remarks>Nothing is kept besides the four words, so a checkpoint that holds <see cref="ToArray"/> continues exactly.</remarks>
public sealed class RandomSource
{
    /// <summary>Number of words of a state.</summary>
    public const int StateLength = 4;

    private ulong s0, s1, s2, s3;

    /// <summary>Starts from a seed; every one is good, 0 and neighbours included.</summary>
    public RandomSource(long seed) => Restart(seed);

    /// <summary>Continues from a state that <see cref="ToArray"/> returned.</summary>
    /// <param name="state">Four words, not all zero.</param>
    /// <exception cref="ArgumentException">There are not four words, or all are zero.</exception>
    public RandomSource(ReadOnlySpan<ulong> state)
    {
        if (state.Length != StateLength || !state.ContainsAnyExcept(0UL))
        {
            throw new ArgumentException(
                $"State of a random source: expected {StateLength} words that are not all zero, got "
                + (state.Length == StateLength ? "zeros." : $"{state.Length} words."),
                nameof(state));
        }

        (s0, s1, s2, s3) = (state[0], state[1], state[2], state[3]);
    }

    /// <summary>One of many independent sources that share a seed, such as one for each parameter of each layer.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="first">The first number of the stream's name.</param>
    /// <param name="second">The second number of the stream's name.</param>
    public static RandomSource ForStream(long seed, int first, int second)
    {
        var source = new RandomSource(seed);
        source.Restart(seed, first, second);
        return source;
    }

    /// <summary>The state, four words.</summary>
    public ulong[] ToArray() => [s0, s1, s2, s3];

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
            var shifted = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= shifted;
            s3 = BitOperations.RotateLeft(s3, 45);
            return result;
        }
    }

    /// <summary>A multiple of 2^-53, uniform from 0 to below 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>A multiple of 2^-24, uniform from 0 to below 1.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>An integer from 0 to below <paramref name="max"/>, each exactly as likely as any other (Lemire 2019).</summary>
    /// <param name="max">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is below 1.</exception>
    public int NextInt(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var bound = (ulong)max;
        var high = Math.BigMul(NextUInt64(), bound, out var low);
        if (low < bound)
        {
            // 2^64 is no multiple of the bound: the first (2^64 mod bound) values of each interval are one too many.
            var surplus = unchecked(0 - bound) % bound;
            while (low < surplus)
            {
                high = Math.BigMul(NextUInt64(), bound, out low);
            }
        }

        return (int)high;
    }

    /// <summary>A number from the normal distribution of mean 0 and variance 1 (the polar method of Marsaglia and Bray 1964). Its
    /// second number is thrown away: it would be a state besides the four words.</summary>
    public double NextGaussian()
    {
        double u, square;
        do
        {
            u = 2 * NextDouble() - 1;
            var v = 2 * NextDouble() - 1;
            square = u * u + v * v;
        }
        while (square is >= 1 or 0);

        return u * Math.Sqrt(-2 * Logarithm(square) / square);
    }

    /// <summary>The natural logarithm of a normal number in 0 to 1. <see cref="Math.Log(double)"/> is the platform's and may differ in its
    /// last bit; this one is made of operations that IEEE 754 fixes.</summary>
    internal static double Logarithm(double x)
    {
        const double Ln2 = 0.69314718055994530942, Sqrt2 = 1.41421356237309504880;
        const long MantissaBits = (1L << 52) - 1, ExponentOfOne = 1023L << 52;

        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble(bits & MantissaBits | ExponentOfOne);
        if (mantissa > Sqrt2)
        {
            mantissa /= 2;
            exponent++;
        }

        // log(m) = 2 artanh(f) with f = (m - 1) / (m + 1), at most 0.172: eleven terms of the series reach the last bit.
        var f = (mantissa - 1) / (mantissa + 1);
        var sum = 0.0;
        for (var power = 21; power >= 1; power -= 2)
        {
            sum = sum * (f * f) + 1.0 / power;
        }

        return exponent * Ln2 + 2 * f * sum;
    }

    /// <summary>Becomes what <see cref="ForStream"/> gives, where nothing may be allocated.</summary>
    internal void Restart(long seed, int first, int second)
    {
        // Each part is mixed before the next one comes, so that (1, 0) and (0, 1) have nothing in common.
        var mixer = unchecked((ulong)seed);
        mixer = SplitMix(ref mixer) ^ (uint)first;
        mixer = SplitMix(ref mixer) ^ (uint)second;
        Restart(unchecked((long)SplitMix(ref mixer)));
    }

    private void Restart(long seed)
    {
        var mixer = unchecked((ulong)seed);
        (s0, s1, s2, s3) = (SplitMix(ref mixer), SplitMix(ref mixer), SplitMix(ref mixer), SplitMix(ref mixer));
    }

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
