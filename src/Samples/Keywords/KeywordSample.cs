using System.Diagnostics;
using System.Globalization;
using System.Text;

using FastRnn.Samples.Audio;
using FastRnn.Samples.Common;

namespace FastRnn.Samples.Keywords;

/// <summary>A GRU of 154 units finds ten words in a stream of sound. A synthesizer speaks them: no recording is needed.</summary>
internal sealed class KeywordSample : ISample
{
    private const string ModelFile = "keywords.safetensors", WordsFile = "words.wav", StreamFile = "stream.wav", TextFile = "stream.txt",
        DemoFile = "demo.wav";

    /// <summary>Power of the words over that of the noise.</summary>
    private const double StreamDecibels = 15;
    private static readonly double[] Decibels = [20, 10, 5, 0];

    public string Name => "keywords";

    public string Summary => "a GRU finds ten spoken words in a stream; a synthesizer speaks them; WAV files";

    public void Run(SampleRun run)
    {
        var output = run.OpenOutput(ModelFile, WordsFile, StreamFile, TextFile, DemoFile);
        var model = new KeywordModel(run.Seed);
        var lessons = new Lessons(run.Seed);
        using (var trainer = model.CreateTrainer(
            new() { BatchSize = Lessons.BatchSize, SequenceLength = Lessons.Frames, ClipNorm = 1 }))
        {
            var batches = new MadeBatches(Lessons.BatchSize, lessons.Make);
            run.Train(trainer, batches, new(Full: 1000, Quick: 250, Peak: 5e-3, Last: 1e-5, "cross-entropy"));
        }

        run.Say($"written: {output.Write(ModelFile, path => model.Save(path))}");
        var examination = new Examination(run.Seed);
        using var listener = new Listener(model);
        AskWords(run, examination, listener, output);
        AskStream(run, examination, listener, output);
    }

    /// <summary>Words one by one, against a method that knows no order.</summary>
    private static void AskWords(SampleRun run, Examination examination, Listener listener, OutputFolder output)
    {
        var baseline = new MeanBaseline(Examination.LessonClips(run.Seed, run.Pick(full: 300, quick: 60)));
        foreach (var decibels in Decibels)
        {
            var clips = examination.Clips(run.Pick(full: 100, quick: 10), decibels);
            var at = string.Create(CultureInfo.InvariantCulture, $"at {decibels} dB");
            run.Tell($"accuracy of a linear classifier on a summary {at}",
                clips.Average(clip => baseline.Classify(clip.Scene.Sound) == clip.Class ? 1.0 : 0), "p1");
            var accuracy = clips.Average(clip => listener.Classify(clip.Scene.Sound) == clip.Class ? 1.0 : 0);
            if (decibels == Decibels[0])
            {
                run.AtLeast($"accuracy {at}", accuracy, full: 0.95, quick: 0.4, "p1");
            }
            else
            {
                run.Tell($"accuracy {at}", accuracy, "p1");
            }
        }

        var words = examination.Clips(1, Decibels[0]).SelectMany(clip => clip.Scene.Sound).ToArray();
        run.Say($"written: {output.Write(WordsFile, WaveFile.Write(words, LogMel.SampleRate))}");
        run.Say($"written: {output.Write(DemoFile, WaveFile.Write(examination.Demo(Decibels[0]).Sound, LogMel.SampleRate))}");
    }

    private static void AskStream(SampleRun run, Examination examination, Listener listener, OutputFolder output)
    {
        var parts = run.Pick(full: 90, quick: 6);
        var stream = examination.Stream(parts, StreamDecibels);
        var start = Stopwatch.GetTimestamp();
        var score = new StreamScore(stream.Words, Listen(listener, stream));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var length = stream.Sound.Length / (double)LogMel.SampleRate;
        var others = stream.Words.Count - score.Keywords;
        run.Say($"a stream of {length:f0} s at {StreamDecibels} dB: {score.Keywords} keywords, {others} other words");
        run.AtLeast("keywords found in the stream", score.Hits / (double)score.Keywords, full: 0.9, quick: 0.05, "p1");
        run.AtMost("false alarms an hour, while other words are said all the time", score.FalseAlarms * 3600 / length,
            full: 240, quick: 2000, "f0");
        run.Tell("other words that were taken for keywords", score.FalseAlarms / (double)others, "p1");
        run.Tell(
            "false alarms an hour of noise alone", Listen(listener, examination.Noise(parts, StreamDecibels)).Count * 3600 / length, "f0");
        run.Tell("seconds from a word's end until it is told", score.Delay, "f2");
        run.Tell("times faster than real time, one thread", length / seconds, "f0");
        run.Say($"written: {output.Write(StreamFile, WaveFile.Write(stream.Sound, LogMel.SampleRate))}");
        run.Say($"written: {output.Write(TextFile, Encoding.UTF8.GetBytes(score.Text()))}");
    }

    /// <summary>What is heard in a stream that begins anew.</summary>
    internal static List<Detection> Listen(Listener listener, Scene scene)
    {
        var detections = new List<Detection>();
        listener.Reset();
        listener.Listen(scene.Sound, detections.Add);
        return detections;
    }
}
