using FastRnn.Parameters;

namespace FastRnn.Samples.Captions;

/// <summary>Paints a scene: never twice the same picture of it.</summary>
internal static class Painter
{
    /// <summary>Pixels of a side, and colours of a pixel.</summary>
    public const int Side = 36, Channels = 3;

    private const double Noise = 0.03;

    private static readonly float[][] Colours = [[1, 0, 0], [0, 0.8f, 0], [0, 0.1f, 1], [1, 0.85f, 0], [0.9f, 0, 0.8f], [1, 1, 1]];

    /// <summary>A picture, <c>[Channels, Side, Side]</c>, about 0 to 1: the shape on grey, a little off its place, a little larger or
    /// smaller, a little paler, noise.</summary>
    public static float[] Paint(RandomSource random, Scene scene)
    {
        var grey = Between(random, 0.35, 0.5);
        var radius = scene.Size == 0 ? Between(random, 3.2, 3.8) : Between(random, 5.2, 5.8);
        var x = 5.5 + 12 * (scene.Place % 3) + Between(random, -1, 1);
        var y = 5.5 + 12 * (scene.Place / 3) + Between(random, -1, 1);
        var strength = Between(random, 0.85, 1);
        var picture = new float[Channels * Side * Side];
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                var cover = strength * Cover(scene.Shape, (column - x) / radius, (row - y) / radius, 1 / radius);
                for (var c = 0; c < Channels; c++)
                {
                    picture[(c * Side + row) * Side + column] =
                        (float)(grey + cover * (Colours[scene.Colour][c] - grey) + Noise * random.NextGaussian());
                }
            }
        }

        return picture;
    }

    /// <summary>How much of a pixel the shape covers: the mean of 4 x 4 points.</summary>
    private static double Cover(int shape, double x, double y, double pixel)
    {
        var count = 0;
        for (var i = 0; i < 16; i++)
        {
            count += IsInside(shape, x + pixel * (i % 4 - 1.5) / 4, y + pixel * (i / 4 - 1.5) / 4) ? 1 : 0;
        }

        return count / 16.0;
    }

    /// <summary>The shapes around 0; y points down.</summary>
    private static bool IsInside(int shape, double x, double y) => Scene.Shapes[shape] switch
    {
        "circle" => x * x + y * y <= 1,
        "square" => Math.Max(Math.Abs(x), Math.Abs(y)) <= 0.9,
        "triangle" => y <= 0.9 && Math.Abs(x) <= (y + 1.1) / 1.9,
        "cross" => Math.Max(Math.Abs(x), Math.Abs(y)) <= 0.95 && Math.Abs(Math.Abs(x) - Math.Abs(y)) <= 0.42,
        _ => x * x + y * y is <= 1.1 and >= 0.4,
    };

    private static double Between(RandomSource random, double low, double high) => low + (high - low) * random.NextDouble();
}
