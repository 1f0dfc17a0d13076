using FastRnn.Samples.Keywords;

namespace FastRnn.Samples.Tests.Keywords;

public class DetectorTests
{
    [Fact]
    public void A_word_is_told_once_when_the_mean_reaches_the_threshold()
    {
        // Of twelve frames at least nine must be sure.
        var detections = Push(new Detector(0.7f), Frames((11, 30), (3, 20), (11, 30)));
        var detection = Assert.Single(detections);
        Assert.Equal((3, 38), (detection.Word, detection.Frame));
        Assert.InRange(detection.Score, 0.7f, 0.8f);
        Assert.Equal((38 * 160 + 400) / 16_000.0, detection.Seconds);
    }

    [Fact]
    public void A_short_doubt_other_words_and_silence_are_not_told() =>
        Assert.Empty(Push(new Detector(0.7f), Frames((11, 30), (3, 7), (11, 30), (10, 50), (11, 9))));

    [Fact]
    public void The_same_word_is_told_again_after_a_pause()
    {
        Assert.Equal([3, 3], Push(new Detector(), Frames((11, 5), (3, 15), (11, 40), (3, 15))).Select(detection => detection.Word));
        Assert.Equal([3L, 43], Push(new Detector(0.3f), Frames((4, 44))).Select(detection => detection.Frame));
    }

    [Fact]
    public void Large_logits_do_no_harm()
    {
        var logits = new float[12];
        (logits[5], logits[6]) = (1e30f, -1e30f);
        var detector = new Detector(1);
        Assert.Equal(Detector.Smoothing - 1, Assert.Single(Push(detector, Enumerable.Repeat(logits, 20))).Frame);
        Assert.Equal(1, detector.Score(5));
    }

    [Fact]
    public void After_a_reset_it_is_like_new()
    {
        var detector = new Detector();
        var first = Push(detector, Frames((2, 10)));
        detector.Reset();
        Assert.Equal(0, detector.Score(2));
        Assert.Equal(first, Push(detector, Frames((2, 10))));
    }

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        foreach (var threshold in new[] { 0, -1, 1.01f, float.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new Detector(threshold));
        }

        Assert.Throws<ArgumentException>(() => new Detector().Push(new float[11], out _));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var (detector, logits) = (new Detector(), new float[12]);
        detector.Push(logits, out _);
        Assert.Equal(0, OwnThread.LeastAllocated(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                logits[i % 12]++;
                detector.Push(logits, out _);
            }
        }));
    }

    /// <summary>So many frames in which this class is certain.</summary>
    private static IEnumerable<float[]> Frames(params (int Class, int Count)[] parts) => parts.SelectMany(part =>
        Enumerable.Repeat(Enumerable.Range(0, 12).Select(c => c == part.Class ? 20f : 0).ToArray(), part.Count));

    private static List<Detection> Push(Detector detector, IEnumerable<float[]> frames)
    {
        var detections = new List<Detection>();
        foreach (var logits in frames)
        {
            if (detector.Push(logits, out var detection))
            {
                detections.Add(detection);
            }
        }

        return detections;
    }
}
