using System.Runtime.InteropServices;

using FastRnn.Inference;
using FastRnn.Samples.Common;

namespace FastRnn.Embedded;

/// <summary>The guitar pedal, in blocks as an audio driver asks for them.</summary>
internal static class PedalCommand
{
    private const int Rate = 48_000;
    private const int Block = 64;

    /// <summary>What <see cref="WaveFile"/> takes for a sample, too: a NaN that once came into a recurrent state would stay
    /// there.</summary>
    private const float Loudest = 8;

    /// <summary>From file to file.</summary>
    public static void Run(string from, string to)
    {
        var sound = WaveFile.Read(from, Rate);
        using var session = new Pedal().CreateSession(new() { Threads = 1 });
        for (var done = 0; done < sound.Length; done += Block)
        {
            var block = sound.AsSpan(done, Math.Min(Block, sound.Length - done));
            session.Run(block, block);
        }

        File.WriteAllBytes(to, WaveFile.Write(sound, Rate));
    }

    /// <summary>From stream to stream: floats as the CPU keeps them. What is left at the end is a shorter block.</summary>
    public static void Run(Stream from, Stream to)
    {
        using var session = new Pedal().CreateSession(new() { Threads = 1 });
        var block = new float[Block];
        var bytes = MemoryMarshal.AsBytes(block.AsSpan());
        int count;
        do
        {
            count = from.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var samples = block.AsSpan(0, count / sizeof(float));
            if (count % sizeof(float) != 0)
            {
                throw new SampleException(
                    $"standard input: expected samples of {sizeof(float)} bytes, the last one has {count % sizeof(float)}");
            }

            foreach (var sample in samples)
            {
                if (!(MathF.Abs(sample) <= Loudest))
                {
                    throw new SampleException($"standard input: expected samples from -{Loudest} to {Loudest}, got {sample}");
                }
            }

            Play(session, samples);
            to.Write(bytes[..count]);
        }
        while (count == bytes.Length);
    }

    private static void Play(Session<Pedal> session, Span<float> samples)
    {
        if (!samples.IsEmpty)
        {
            session.Run(samples, samples);
        }
    }
}
