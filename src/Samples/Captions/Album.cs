using FastRnn.Parameters;

namespace FastRnn.Samples.Captions;

/// <summary>Many pictures: what is in each, and what the filters say about it.</summary>
internal sealed class Album
{
    private readonly long seed;

    /// <summary>Paints and looks; the same seed gives the same album.</summary>
    public Album(long seed, int count, bool test)
    {
        this.seed = seed;
        (Scenes, Features) = (new Scene[count], new float[count * FilterBank.Features]);
        var random = new RandomSource(seed);
        for (var i = 0; i < count; i++)
        {
            Scenes[i] = Scene.Draw(random, test);
        }

        Parallel.For(0, count, i => FilterBank.Describe(Picture(i)).CopyTo(Features, i * FilterBank.Features));
    }

    public Scene[] Scenes { get; }

    /// <summary><c>[N, FilterBank.Features]</c>.</summary>
    public float[] Features { get; }

    /// <summary>Paints a picture again, <c>[Channels, Side, Side]</c>.</summary>
    public float[] Picture(int index) => Painter.Paint(RandomSource.ForStream(seed, index, 0), Scenes[index]);
}
