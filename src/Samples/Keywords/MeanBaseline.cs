using FastRnn.Samples.Common;

namespace FastRnn.Samples.Keywords;

/// <summary>What the recurrent network has to beat: mean, deviation, least and greatest of each band over the clip, and a linear classifier
/// on them. It knows which sounds there were, not in which order.</summary>
internal sealed class MeanBaseline
{
    private const int Features = 4 * LogMel.Bands;
    private readonly LeastSquares fit = new(Features, Keyword.Classes);

    public MeanBaseline(IEnumerable<(Scene Scene, int Class)> clips)
    {
        var target = new float[Keyword.Classes];
        foreach (var (features, @class) in clips.AsParallel().AsOrdered().Select(clip => (Summary(clip.Scene.Sound), clip.Class)))
        {
            target.AsSpan().Clear();
            target[@class] = 1;
            fit.Add(features, target);
        }

        fit.Solve();
    }

    /// <summary>The class that it takes this clip for.</summary>
    public int Classify(ReadOnlySpan<float> clip)
    {
        var scores = new float[Keyword.Classes];
        fit.Predict(Summary(clip), scores);
        return scores.IndexOf(scores.Max());
    }

    private static float[] Summary(ReadOnlySpan<float> sound)
    {
        var ear = new LogMel();
        var frames = new float[ear.FramesOf(sound.Length) * LogMel.Bands];
        var count = ear.Push(sound, frames);
        var features = new float[Features];
        for (var band = 0; band < LogMel.Bands; band++)
        {
            double sum = 0, squares = 0;
            float least = float.MaxValue, greatest = float.MinValue;
            for (var i = band; i < frames.Length; i += LogMel.Bands)
            {
                (sum, squares) = (sum + frames[i], squares + frames[i] * frames[i]);
                (least, greatest) = (Math.Min(least, frames[i]), Math.Max(greatest, frames[i]));
            }

            var mean = sum / count;
            features[4 * band] = (float)mean;
            features[4 * band + 1] = (float)Math.Sqrt(Math.Max(0, squares / count - mean * mean));
            (features[4 * band + 2], features[4 * band + 3]) = (least, greatest);
        }

        return features;
    }
}
