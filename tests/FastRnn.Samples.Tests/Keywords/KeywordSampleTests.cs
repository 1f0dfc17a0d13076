using FastRnn.Samples.Audio;
using FastRnn.Samples.Common;
using FastRnn.Samples.Keywords;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Keywords;

public sealed class KeywordSampleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_short_version_learns_words_and_writes_what_one_can_hear()
    {
        var figures = ProgramRun.Quick("keywords", "--out", folder.Root);
        Assert.InRange(figures["accuracy at 20 dB"], 0.4, 1);
        Assert.InRange(figures["accuracy at 0 dB"], 0.05, figures["accuracy at 20 dB"]);

        var stream = WaveFile.Read(folder.Path("stream.wav"), LogMel.SampleRate);
        Assert.Equal(60 * LogMel.SampleRate, stream.Length);
        Assert.Equal(18 * LogMel.SampleRate, WaveFile.Read(folder.Path("words.wav"), LogMel.SampleRate).Length);
        Assert.Equal(3 * LogMel.SampleRate, WaveFile.Read(folder.Path("demo.wav"), LogMel.SampleRate).Length);

        // The saved model hears in the written file what the text says of it, whatever pieces the sound comes in.
        var told = File.ReadAllLines(folder.Path("stream.txt"))
            .Count(line => line.Contains("told at", StringComparison.Ordinal) || line.Contains("FALSE", StringComparison.Ordinal));
        using var listener = new Listener(KeywordModel.Load(folder.Path("keywords.safetensors")));
        var (whole, pieces) = (new List<Detection>(), new List<Detection>());
        listener.Listen(stream, whole.Add);
        listener.Reset();
        for (var at = 0; at < stream.Length; at += 1234)
        {
            listener.Listen(stream.AsSpan(at, Math.Min(1234, stream.Length - at)), pieces.Add);
        }

        Assert.Equal(whole, pieces);
        Assert.InRange(whole.Count - told, -2, 2);
    }

    [Fact]
    public void Without_training_it_misses_the_goal_and_says_so()
    {
        var run = ProgramRun.Of("keywords", "--quick", "--steps", "1", "--json", "--out", folder.Root);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.InRange(run.Figures["accuracy at 20 dB"], 0, 0.25);
    }
}
