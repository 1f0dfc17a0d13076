using System.Diagnostics;

using FastRnn.Data;
using FastRnn.Samples.Common;

namespace FastRnn.Samples.Audio;

/// <summary>An LSTM of 16 units learns a distortion pedal from its circuit.</summary>
internal sealed class AudioSample : ISample
{
    private const int Rate = DiodeClipper.SampleRate, BatchSize = 64, SequenceLength = 512, LongestSeconds = 600;
    private const string ModelFile = "pedal.safetensors";
    private static readonly string[] Sounds = ["dry.wav", "teacher.wav", "model.wav", "difference.wav"];

    public string Name => "audio";

    public string Summary => "an LSTM 1 -> 16 learns a guitar pedal from its circuit; writes WAV files";

    public IReadOnlyList<Option> Options =>
    [
        new("drive", "VOLTS", "how far the pedal is turned up, 0.1 to 20 (4)"),
        new("wav", "FILE", "play this file (48 kHz, mono or stereo) in place of the made guitar"),
    ];

    public void Run(SampleRun run)
    {
        var drive = run.Options.Number("drive", 0.1, 20.0) ?? 4;
        var own = run.Options.Text("wav") is { } path ? WaveFile.Read(path, Rate) : null;
        if (own?.Length > LongestSeconds * Rate)
        {
            throw new SampleException($"--wav: expected at most {LongestSeconds} seconds, got {own.Length / Rate}");
        }

        var output = run.OpenOutput([.. Sounds, ModelFile]);

        // 64 guitarists play at once; each begins with a window of silence, in which pedal and network come to rest.
        var windows = run.Pick(full: 96, quick: 16);
        run.Say($"{BatchSize} pieces of {windows * SequenceLength / (double)Rate:f2} s, drive {drive} V");
        var (x, targets) = Lessons(run.Seed, windows * SequenceLength, drive);
        var loudness = Signals.Loudness(targets);

        var model = new PedalModel(run.Seed);
        using (var trainer = model.CreateTrainer(new() { BatchSize = BatchSize, SequenceLength = SequenceLength, ClipNorm = 1 }))
        {
            var batches = new MadeBatches(BatchSize, Window, windows);
            run.Train(trainer, batches, new(Full: 10_000, Quick: 300, Peak: 1e-2, Last: 1e-5, "error to signal")
            {
                Tell = loss => loss / (loudness * loudness),
            });

            SequenceBatch Window(int number)
            {
                var (begin, size) = (number % windows * SequenceLength * BatchSize, SequenceLength * BatchSize);
                return new() { X = x.AsSpan(begin, size), Targets = targets.AsSpan(begin, size) };
            }
        }

        // Somebody else's guitar: no note of it was in the lessons.
        var dry = own ?? new float[run.Pick(full: 12, quick: 2) * Rate];
        if (own is null)
        {
            Guitar.Play(seed: -1 - run.Seed, dry, silence: SequenceLength);
        }

        Play(run, model, drive, dry, output);
    }

    /// <summary>What is learnt from, <c>[T, B, 1]</c>: the steps of all pieces side by side.</summary>
    private static (float[] X, float[] Targets) Lessons(int seed, int length, double drive)
    {
        var (x, targets) = (new float[length * BatchSize], new float[length * BatchSize]);
        Parallel.For(0, BatchSize, piece =>
        {
            var (dry, wet) = (new float[length], new float[length]);
            Guitar.Play(((long)seed << 8) + piece, dry, silence: SequenceLength);
            new DiodeClipper(drive).Process(dry, wet);
            for (var t = 0; t < length; t++)
            {
                x[t * BatchSize + piece] = dry[t];
                targets[t * BatchSize + piece] = wet[t];
            }
        });
        return (x, targets);
    }

    private static void Play(SampleRun run, PedalModel model, double drive, float[] dry, OutputFolder output)
    {
        var (teacher, played) = (new float[dry.Length], new float[dry.Length]);
        new DiodeClipper(drive).Process(dry, teacher);

        using var session = model.CreateSession();
        session.Run(new float[SequenceLength], new float[SequenceLength]);
        var start = Stopwatch.GetTimestamp();
        session.Run(dry, played);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        run.AtMost("error-to-signal ratio", Signals.ErrorToSignal(played, teacher), full: 0.01, quick: 0.02, "p4");
        run.Tell("error-to-signal ratio with pre-emphasis", Signals.ErrorToSignal(played, teacher, preEmphasis: 0.85), "p4");
        run.Tell("times faster than real time, one thread", dry.Length / (double)Rate / seconds, "f0");

        var difference = new float[dry.Length];
        for (var t = 0; t < dry.Length; t++)
        {
            difference[t] = played[t] - teacher[t];
        }

        foreach (var (name, sound) in Sounds.Zip([dry, teacher, played, difference]))
        {
            run.Say($"written: {output.Write(name, WaveFile.Write(sound, Rate))}");
        }

        run.Say($"written: {output.Write(ModelFile, path => model.Save(path))}");
    }
}
