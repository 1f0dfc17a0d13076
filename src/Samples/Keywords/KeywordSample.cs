using System.Diagnostics;
using System.Globalization;
using System.Text;

using FastRnn.Models;
using FastRnn.Samples.Audio;
using FastRnn.Samples.Common;
using FastRnn.Training;

namespace FastRnn.Samples.Keywords;

/// <summary>A GRU of 154 units finds ten words in a stream of sound. A synthesizer speaks them: no recording is needed.</summary>
internal sealed class KeywordSample : ISample
{
    private const string ModelFile = "keywords.safetensors", WordsFile = "words.wav", StreamFile = "stream.wav", TextFile = "stream.txt", DemoFile = "demo.wav";
    private const double StreamDecibels = 10, DemoSeconds = 3;
    private static readonly double[] Decibels = [20, 10, 5, 0];

    public string Name => "keywords";

    public string Summary => "a GRU finds ten spoken words in a stream; a synthesizer speaks them; writes WAV files";

    public void Run(SampleRun run)
    {
        var output = run.OpenOutput(ModelFile, WordsFile, StreamFile, TextFile, DemoFile);
        var model = new KeywordModel(run.Seed);
        var lessons = new Lessons(run.Seed);
        var optimizer = new Adam();
        using (var trainer = model.CreateTrainer(new() { BatchSize = Lessons.BatchSize, SequenceLength = Lessons.Frames, Optimizer = optimizer, ClipNorm = 1 }))
        {
            foreach (var step in run.Steps(full: 1800, quick: 30))
            {
                optimizer.LearningRate = step.Cosine(peak: 5e-3, last: 1e-5);
                step.Show("cross-entropy", trainer.Step(lessons.Make(step.Number)).LossPerPosition);
            }
        }

        run.Say($"written: {output.Write(ModelFile, path => model.Save(path))}");
        var baseline = new MeanBaseline(Clips(run.Seed, run.Pick(full: 200, quick: 40), isTest: false, null));
        using var listener = new Listener(model);
        foreach (var decibels in Decibels)
        {
            var clips = Clips(run.Seed, run.Pick(full: 50, quick: 5), isTest: true, decibels).ToList();
            var text = string.Create(CultureInfo.InvariantCulture, $"at {decibels} dB");
            run.Tell($"accuracy of a linear classifier on a summary {text}", clips.Average(clip => baseline.Classify(clip.Scene.Sound) == clip.Class ? 1.0 : 0), "p1");
            var answers = clips.Select(clip => (clip.Class, Answer: listener.Classify(clip.Scene.Sound))).ToList();
            run.AtLeast($"accuracy {text}", answers.Average(pair => pair.Class == pair.Answer ? 1.0 : 0), full: 0.9, quick: 0.1, "p1");
            for (var c = 0; c < Keyword.Classes; c++)
            {
                run.Say($"{Keyword.Name(c),-8} {string.Join(" ", Enumerable.Range(0, Keyword.Classes).Select(a => answers.Count(p => p.Class == c && p.Answer == a).ToString("d3", CultureInfo.InvariantCulture)))}");
            }
        }

        Stream(run, listener, output);
    }

    /// <summary>So many clips of each class.</summary>
    private static ParallelQuery<(Scene Scene, int Class)> Clips(int seed, int each, bool isTest, double? decibels)
    {
        var surroundings = new Surroundings(isTest ? -1 - seed : seed, isTest);
        return Enumerable.Range(0, each * Keyword.Classes).AsParallel().AsOrdered().Select(i =>
            (Scene.Clip(RandomSource.ForStream(-1 - seed, i, isTest ? 2 : 3), surroundings, i % Keyword.Classes, isTest, decibels), i % Keyword.Classes));
    }

    private static void Stream(SampleRun run, Listener listener, OutputFolder output)
    {
        const double PartSeconds = 10;
        var surroundings = new Surroundings(-1 - run.Seed, isTest: true);
        var parts = Enumerable.Range(0, run.Pick(full: 60, quick: 6)).AsParallel().AsOrdered()
            .Select(part => Scene.Talk(RandomSource.ForStream(-1 - run.Seed, part, 4), surroundings, PartSeconds, isTest: true, StreamDecibels)).ToList();
        var sound = parts.SelectMany(part => part.Sound).ToArray();
        var words = parts.SelectMany((part, i) => part.Words.Select(word => Shift(word, i * (int)(PartSeconds * LogMel.SampleRate)))).ToList();

        var detections = new List<Detection>();
        listener.Reset();
        var start = Stopwatch.GetTimestamp();
        listener.Listen(sound, detections.Add);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var score = StreamScore.Of(words, detections);
        run.AtLeast("keywords found in the stream", score.Hits / (double)score.Keywords, full: 0.9, quick: 0.1, "p1");
        run.AtMost("false alarms an hour, while somebody talks all the time", score.FalseAlarms * 3600 / (sound.Length / (double)LogMel.SampleRate), full: 200, quick: 2000, "f0");
        run.Tell("seconds from a word's end until it is told", score.Delay, "f2");
        run.Tell("times faster than real time, one thread", sound.Length / (double)LogMel.SampleRate / seconds, "f0");
    }

    private static SpokenWord Shift(SpokenWord word, int samples) => word with { Begin = word.Begin + samples, End = word.End + samples };
}
