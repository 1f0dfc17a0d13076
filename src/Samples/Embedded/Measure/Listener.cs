using System.Diagnostics;

using FastRnn.Inference;

namespace FastRnn.Embedded.Measure;

/// <summary>The pedal's session over one kind of sound, after some music.</summary>
internal sealed class Listener : IDisposable
{
    private const int Units = 16;
    private const int LongestCycle = 128;

    /// <summary>What the music left in the state has faded then: it would hide a drift, being larger.</summary>
    private const int SettlingSeconds = 10;

    private readonly string name;
    private readonly float[] sound;
    private readonly Session<Pedal> session;
    private readonly float[] y = new float[Sound.Block];
    private readonly float[] state = new float[2 * Units];
    private readonly float[] extremes = new float[8];
    private long block;
    private long timed;

    public Listener(Pedal model, string name, float[] music, float[] sound)
    {
        (this.name, this.sound) = (name, music);
        session = model.CreateSession(new() { Threads = 1 });
        Time(Sound.Rate / Sound.Block);
        this.sound = sound;
        Time(SettlingSeconds * Sound.Rate / Sound.Block);
        (Ticks, timed) = (0, 0);
    }

    public long Ticks { get; private set; }

    public int Denormals { get; private set; }

    public void Time(long blocks)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0L; i < blocks; i++)
        {
            Next();
        }

        Ticks += Stopwatch.GetTimestamp() - begin;
        timed += blocks;
    }

    /// <summary>Plays on, without a clock, and keeps the least and the greatest output and state.</summary>
    /// <param name="blocks">How far.</param>
    /// <param name="place">0 for the beginning, 1 for the end.</param>
    public void Watch(long blocks, int place)
    {
        var found = extremes.AsSpan(4 * place, 4);
        (found[0], found[1], found[2], found[3]) =
            (float.PositiveInfinity, float.NegativeInfinity, float.PositiveInfinity, float.NegativeInfinity);
        for (var i = 0L; i < blocks; i++)
        {
            Next();
            ReadState(state);
            foreach (var value in y)
            {
                (found[0], found[1]) = (MathF.Min(found[0], value), MathF.Max(found[1], value));
            }

            foreach (var value in state)
            {
                (found[2], found[3]) = (MathF.Min(found[2], value), MathF.Max(found[3], value));
                Denormals += float.IsSubnormal(value) ? 1 : 0;
            }
        }
    }

    public void Report(Findings findings)
    {
        findings.Add($"{name}_seconds", Durations.Nanoseconds(Ticks) / 1e9);
        findings.Add($"{name}_real_time_factor", Durations.Nanoseconds(Ticks) / 1e9 / ((double)timed * Sound.Block / Sound.Rate));
        ReadOnlySpan<string> words = ["least_output", "greatest_output", "least_state", "greatest_state"];
        for (var i = 0; i < 4; i++)
        {
            findings.Add($"{name}_{words[i]}_at_first", extremes[i]);
            findings.Add($"{name}_{words[i]}_at_last", extremes[4 + i]);
        }

        var drift = 0f;
        for (var i = 0; i < 4; i++)
        {
            drift = MathF.Max(drift, MathF.Abs(extremes[4 + i] - extremes[i]));
        }

        findings.Add($"{name}_drift", drift);
        findings.Add($"{name}_denormal_states", Denormals);
        findings.Add($"{name}_cycle", Cycle());
    }

    public void Dispose() => session.Dispose();

    private void Next()
    {
        session.Run(sound.AsSpan((int)(block++ % (Sound.Rate / Sound.Block)) * Sound.Block, Sound.Block), y);
    }

    private void ReadState(Span<float> to)
    {
        session.GetState(0, 0, to[..Units]);
        session.GetState(0, 1, to.Slice(Units, Units));
    }

    /// <summary>After how many samples the state comes back, bit by bit: 1 is a fixed point, 0 says that it does not within 128.</summary>
    private int Cycle()
    {
        var history = new float[2 * LongestCycle][];
        for (var t = 0; t < history.Length; t++)
        {
            history[t] = new float[2 * Units];
            ReadState(history[t]);
            session.Step(sound.AsSpan(t, 1), y.AsSpan(0, 1));
        }

        for (var cycle = 1; cycle <= LongestCycle; cycle++)
        {
            var returns = true;
            for (var t = cycle; t < history.Length && returns; t++)
            {
                returns = System.Runtime.InteropServices.MemoryMarshal.AsBytes(history[t].AsSpan())
                    .SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(history[t - cycle].AsSpan()));
            }

            if (returns)
            {
                return cycle;
            }
        }

        return 0;
    }
}
