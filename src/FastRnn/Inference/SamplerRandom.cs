using System.Numerics;

namespace FastRnn.Inference;

/// <summary>Uniform numbers that are the same everywhere and always: xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64.</summary>
internal struct SamplerRandom
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    public SamplerRandom(int seed)
    {
        var state = (ulong)(uint)seed;
        this.a = SplitMix(ref state);
        b = SplitMix(ref state);
        c = SplitMix(ref state);
        d = SplitMix(ref state);
    }

    /// <summary>From 0 up to, but not including, 1: a multiple of 2^-53.</summary>
    public double NextDouble()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var shifted = b << 17;
        c ^= this.a;
        d ^= b;
        b ^= c;
        this.a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return (result >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
