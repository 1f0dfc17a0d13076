using FastRnn.Samples.Common;

namespace FastRnn.Samples.Movements;

/// <summary>What a recurrent network has to beat: a summary of fixed length (mean, deviation, least and greatest of each channel, the last
/// reading, and the length) and a linear classifier on it. It sees what happened, not when.</summary>
internal sealed class PooledBaseline
{
    private const int Features = 5 * Movement.Channels + 1;
    private readonly LeastSquares fit = new(Features, MovementMaker.Classes.Count);

    public PooledBaseline(IEnumerable<Movement> movements)
    {
        var target = new float[MovementMaker.Classes.Count];
        foreach (var movement in movements)
        {
            target.AsSpan().Clear();
            target[movement.Class] = 1;
            fit.Add(Pool(movement), target);
        }

        fit.Solve();
    }

    /// <summary>The class that it takes this movement for.</summary>
    public int Classify(Movement movement)
    {
        var scores = new float[MovementMaker.Classes.Count];
        fit.Predict(Pool(movement), scores);
        return scores.IndexOf(scores.Max());
    }

    private static float[] Pool(Movement movement)
    {
        var features = new float[Features];
        for (var channel = 0; channel < Movement.Channels; channel++)
        {
            var values = Enumerable.Range(0, movement.Length).Select(t => movement.X[t * Movement.Channels + channel]).ToArray();
            var mean = values.Average();
            var deviation = MathF.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            new[] { mean, deviation, values.Min(), values.Max(), values[^1] }.CopyTo(features, 5 * channel);
        }

        features[^1] = movement.Length / (float)MovementMaker.Longest;
        return features;
    }
}
