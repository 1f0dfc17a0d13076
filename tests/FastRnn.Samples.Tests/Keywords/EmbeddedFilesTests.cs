using FastRnn.Samples.Audio;
using FastRnn.Samples.Keywords;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Keywords;

/// <summary>The trained files that the embedded program has inside.</summary>
public class EmbeddedFilesTests
{
    [Fact]
    public void The_keyword_spotter_hears_the_words_of_the_demo_in_the_order_in_which_they_were_said()
    {
        var sound = WaveFile.Read(Sources.Path("Embedded", "demo.wav"), LogMel.SampleRate);
        using var listener = new Listener(KeywordModel.Load(Sources.Path("Embedded", "keywords.safetensors")));
        var detections = new List<Detection>();
        listener.Listen(sound, detections.Add);
        Assert.Equal(["yes", "stop", "go"], detections.Select(detection => Keyword.Name(detection.Word)));
        Assert.All(detections, detection => Assert.InRange(detection.Score, Detector.DefaultThreshold, 1));
    }

    [Fact]
    public void It_knows_words_of_unseen_speakers()
    {
        using var listener = new Listener(KeywordModel.Load(Sources.Path("Embedded", "keywords.safetensors")));
        var clips = new Examination(1234).Clips(20, decibels: 20);
        Assert.InRange(clips.Average(clip => listener.Classify(clip.Scene.Sound) == clip.Class ? 1.0 : 0), 0.9, 1);
    }

    [Fact]
    public void Listening_allocates_nothing()
    {
        using var listener = new Listener(KeywordModel.Load(Sources.Path("Embedded", "keywords.safetensors")));
        var (sound, count) = (new Examination(1234).Demo(decibels: 20).Sound, 0);
        Action<Detection> heard = _ => count++;
        listener.Listen(sound, heard);
        Assert.Equal(0, OwnThread.LeastAllocated(() => listener.Listen(sound, heard)));
        Assert.True(count > 0);
    }

    [Fact]
    public void The_pedal_plays_like_its_circuit()
    {
        const int Silence = 512;
        var (dry, teacher, played) = (new float[48_000], new float[48_000], new float[48_000]);
        Guitar.Play(-99, dry, Silence);
        new DiodeClipper(4).Process(dry, teacher);
        using var session = PedalModel.Load(Sources.Path("Embedded", "pedal.safetensors")).CreateSession();
        session.Run(new float[Silence], new float[Silence]);
        session.Run(dry, played);
        Assert.InRange(Signals.ErrorToSignal(played, teacher), 0, 0.01);
    }
}
