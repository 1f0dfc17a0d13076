using FastRnn.Parameters;

namespace FastRnn.Samples.Strokes;

/// <summary>Somebody who writes: slant, width, size and haste are their own, and no corner is where it should be.</summary>
internal sealed class Hand
{
    /// <summary>Deviations of corners, and of the pen at each movement, in heights of a digit.</summary>
    private const double Carelessness = 0.06, Tremor = 0.02;

    private readonly RandomSource random;
    private readonly double slant, width, size, gap, haste;
    private double x, y, begin;

    /// <param name="random">Whose hand it is.</param>
    public Hand(RandomSource random)
    {
        this.random = random;
        slant = 0.6 * (random.NextDouble() - 0.5);
        width = 0.5 + (0.4 * random.NextDouble());
        size = 0.75 + (0.5 * random.NextDouble());
        gap = 0.1 + (0.3 * random.NextDouble());
        haste = 0.14 + (0.12 * random.NextDouble());
    }

    /// <summary>What the pen did so far: right, up, on the paper.</summary>
    public List<float> Movements { get; } = [];

    /// <summary>Writes a digit behind the last one.</summary>
    public void Write((double X, double Y)[][] strokes)
    {
        foreach (var stroke in strokes)
        {
            for (var i = 0; i < stroke.Length; i++)
            {
                var across = (stroke[i].X * width) + (slant * stroke[i].Y) + (Carelessness * random.NextGaussian());
                Go(begin + (size * across), size * (stroke[i].Y + (Carelessness * random.NextGaussian())), isWriting: i > 0);
            }
        }

        begin += size * (width + gap);
    }

    /// <summary>As many movements as the way takes, each a bit off.</summary>
    private void Go(double toX, double toY, bool isWriting)
    {
        var pace = haste * (isWriting ? 1 : 2) * Math.Exp(0.2 * random.NextGaussian());
        var left = Math.Max(1, (int)Math.Round(Math.Sqrt(((toX - x) * (toX - x)) + ((toY - y) * (toY - y))) / pace));
        for (; left > 0; left--)
        {
            var (right, up) =
                (((toX - x) / left) + (Tremor * random.NextGaussian()), ((toY - y) / left) + (Tremor * random.NextGaussian()));
            Movements.AddRange([(float)(right * Handwriting.Units), (float)(up * Handwriting.Units), isWriting ? 1 : 0]);
            (x, y) = (x + right, y + up);
        }
    }
}
