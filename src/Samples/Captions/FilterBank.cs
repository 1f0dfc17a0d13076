namespace FastRnn.Samples.Captions;

/// <summary>The eye: a fixed bank of filters, in place of a convolutional network that somebody trained. First, at each pixel, how far it
/// is from the grey of the border, in parts of the greatest distance: that is the same for every colour. Over it, Gabor filters for edges
/// and lines of eight orientations, squared; besides, how much of each colour there is. Each map is averaged over the whole picture; where
/// the picture is not grey is told apart, in 3 x 3 regions.</summary>
internal static class FilterBank
{
    private const int Orientations = 8, Radius = 2, Width = 2 * Radius + 1, Regions = 3, Side = Painter.Side, Pixels = Side * Side;
    private const int Gabors = 2 * Orientations, Maps = Gabors + 2 * Painter.Channels, Area = Maps + Regions * Regions;

    /// <summary>Pixels that differ less from the grey are grey.</summary>
    private const float Threshold = 0.15f;

    /// <summary>Numbers that describe a picture: of each map, of each region, and how much of the picture is not grey.</summary>
    public const int Features = Area + 1;

    private static readonly float[][] Filters = [.. Enumerable.Range(0, Gabors).Select(Gabor)];

    /// <summary>Describes a picture.</summary>
    /// <param name="picture"><c>[Channels, Side, Side]</c>.</param>
    public static float[] Describe(ReadOnlySpan<float> picture)
    {
        var background = Border(picture);
        var contrast = Contrast(picture, background);
        var features = new float[Features];
        Span<float> maps = stackalloc float[Maps];
        for (var pixel = 0; pixel < Pixels; pixel++)
        {
            var (row, column) = (pixel / Side, pixel % Side);
            for (var i = 0; i < Gabors; i++)
            {
                var response = Convolve(contrast, Filters[i], row, column);
                maps[i] = response * response;
            }

            for (var c = 0; c < Painter.Channels; c++)
            {
                var colour = contrast[pixel] > 0 ? picture[c * Pixels + pixel] - background : 0;
                maps[Gabors + 2 * c] = Math.Max(0, colour);
                maps[Gabors + 2 * c + 1] = Math.Max(0, -colour);
            }

            for (var map = 0; map < Maps; map++)
            {
                features[map] += maps[map];
            }

            features[Maps + row * Regions / Side * Regions + column * Regions / Side] += contrast[pixel];
            features[Area] += contrast[pixel] / Pixels * 10;
        }

        Normalize(features.AsSpan(0, Gabors));
        Normalize(features.AsSpan(Gabors, Maps - Gabors));
        Normalize(features.AsSpan(Maps, Regions * Regions));
        return features;
    }

    /// <summary>The distance of each pixel's colour from grey, in parts of the greatest.</summary>
    private static float[] Contrast(ReadOnlySpan<float> picture, float background)
    {
        var contrast = new float[Pixels];
        for (var pixel = 0; pixel < Pixels; pixel++)
        {
            var sum = 0f;
            for (var c = 0; c < Painter.Channels; c++)
            {
                var difference = picture[c * Pixels + pixel] - background;
                sum += difference * difference;
            }

            contrast[pixel] = MathF.Sqrt(sum) is var distance && distance > Threshold ? distance : 0;
        }

        var greatest = Math.Max(contrast.Max(), Threshold);
        return [.. contrast.Select(value => value / greatest)];
    }

    private static float Convolve(float[] contrast, float[] filter, int row, int column)
    {
        var sum = 0f;
        var (top, bottom) = (Math.Max(0, row - Radius), Math.Min(Side - 1, row + Radius));
        var (left, right) = (Math.Max(0, column - Radius), Math.Min(Side - 1, column + Radius));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                sum += filter[(y - row + Radius) * Width + x - column + Radius] * contrast[y * Side + x];
            }
        }

        return sum;
    }

    /// <summary>A wave under a bell (Gabor 1946, in two dimensions Daugman 1985), of wavelength 5, odd and even in turn; without its mean,
    /// so that a plain surface is nothing.</summary>
    private static float[] Gabor(int index)
    {
        var angle = Math.PI * (index / 2) / Orientations;
        var filter = new float[Width * Width];
        for (var i = 0; i < filter.Length; i++)
        {
            double x = i % Width - Radius, y = i / Width - Radius;
            var phase = 2 * Math.PI / 5 * (x * Math.Cos(angle) + y * Math.Sin(angle));
            filter[i] = (float)(Math.Exp(-(x * x + y * y) / 4) * (index % 2 == 0 ? Math.Sin(phase) : Math.Cos(phase)));
        }

        var mean = filter.Average();
        return [.. filter.Select(value => value - mean)];
    }

    /// <summary>The grey behind: the mean of the outermost pixels, where a shape seldom reaches.</summary>
    private static float Border(ReadOnlySpan<float> picture)
    {
        var (sum, count) = (0f, 0);
        for (var i = 0; i < picture.Length; i++)
        {
            var (row, column) = (i / Side % Side, i % Side);
            if (row is 0 or Side - 1 || column is 0 or Side - 1)
            {
                sum += picture[i];
                count++;
            }
        }

        return sum / count;
    }

    /// <summary>Divides by the mean.</summary>
    private static void Normalize(Span<float> values)
    {
        var sum = 1e-6f;
        foreach (var value in values)
        {
            sum += value;
        }

        foreach (ref var value in values)
        {
            value *= values.Length / sum;
        }
    }
}
