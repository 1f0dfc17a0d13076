namespace FastRnn.Execution;

/// <summary>Random numbers that are a function of where they are used: of the run's seed, the training step, the layer, the sequence, its
/// step and the unit. So a mask needs no memory and no state: the backward pass, another number of threads and a resumed run draw the same
/// ones.</summary>
/// <remarks>The mixing function is splitmix64's finalizer (Steele, Lea and Flood 2014) over a key that each part of the place was mixed
/// into before.</remarks>
internal static class RandomMask
{
    /// <summary>In place of a step, for what is drawn once for a whole sequence.</summary>
    public const int WholeSequence = -1;

    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The key of a training step.</summary>
    public static ulong Key(long seed, long step) => Mix(Mix(unchecked((ulong)seed)) ^ unchecked((ulong)step));

    /// <summary>The key of a row of units.</summary>
    public static ulong Row(ulong key, int layer, int sequence, int step) =>
        Mix(Mix(Mix(key ^ (uint)layer) ^ (uint)sequence) ^ (uint)step);

    /// <summary>A dropout's factor: 0 with probability <paramref name="rate"/>, else <c>1 / (1 - rate)</c>.</summary>
    public static float Dropout(ulong key, int layer, int sequence, int step, int unit, float rate) =>
        Dropout(Row(key, layer, sequence, step), unit, rate);

    /// <summary>As the other, for a row whose key is known.</summary>
    public static float Dropout(ulong row, int unit, float rate) => Uniform(row, unit) < rate ? 0 : 1 / (1 - rate);

    /// <summary>The key of a row of units that a zoneout may hold: no dropout has it.</summary>
    /// <param name="key">Of the training step.</param>
    /// <param name="state">Counted over the layers.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="step">Its step.</param>
    public static ulong ZoneoutRow(ulong key, int state, int sequence, int step) => Row(Mix(key ^ Golden), state, sequence, step);

    /// <summary>Whether a unit is held, as a factor: 1 with probability <paramref name="rate"/>, else 0.</summary>
    public static float Held(ulong row, int unit, float rate) => Uniform(row, unit) < rate ? 1 : 0;

    /// <summary>A number of mean 0 and variance 1, between -6 and 6, distributed almost normally: twelve uniform ones, added (their sum is
    /// the same on every machine).</summary>
    public static float Normal(ulong key, int layer, int sequence, int unit)
    {
        var row = Row(key, layer, sequence, WholeSequence);
        var sum = -6f;
        for (var i = 0; i < 12; i++)
        {
            sum += Uniform(row, (unit * 12) + i);
        }

        return sum;
    }

    /// <summary>A multiple of 2^-24 from 0 to below 1; two of them are made of one mixed word.</summary>
    private static float Uniform(ulong row, int index)
    {
        var word = Mix(unchecked(row + ((ulong)(uint)(index >> 1) * Golden)));
        return (float)((word >> ((index & 1) * 32)) & 0xFFFFFF) * (1f / (1 << 24));
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += Golden;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
