using FastRnn.Parameters;

namespace FastRnn.Samples.Captions;

/// <summary>What is in a picture: indices into the lists of words.</summary>
internal readonly record struct Scene(int Size, int Colour, int Shape, int Place)
{
    public static readonly IReadOnlyList<string> Sizes = ["small", "large"];
    public static readonly IReadOnlyList<string> Colours = ["red", "green", "blue", "yellow", "purple", "white"];
    public static readonly IReadOnlyList<string> Shapes = ["circle", "square", "triangle", "cross", "ring"];

    /// <summary>Nine places, row by row.</summary>
    public static readonly IReadOnlyList<string> Places =
    [
        "at the top left", "at the top", "at the top right", "at the left", "in the centre", "at the right",
        "at the bottom left", "at the bottom", "at the bottom right",
    ];

    /// <summary>Every word of every sentence, once, in order.</summary>
    public static IReadOnlyList<string> Words { get; } =
        [.. Sizes.Concat(Colours)
            .Concat(Shapes).Concat(Places.SelectMany(place => place.Split(' '))).Append("a").Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Words of the longest sentence.</summary>
    public const int LongestSentence = 8;

    /// <summary>Whether pictures like this one are kept for the test: one combination of the four in five, by a throw of dice that is
    /// always the same. What is tested there must be put together from parts.</summary>
    public bool IsForTest => RandomSource.ForStream(0, Size * 100 + Colour, Shape * 100 + Place).NextInt(5) == 0;

    /// <summary><c>a small red circle at the top left</c>.</summary>
    public string Sentence => $"a {Sizes[Size]} {Colours[Colour]} {Shapes[Shape]} {Places[Place]}";

    /// <summary>A scene for training or for the test.</summary>
    public static Scene Draw(RandomSource random, bool test)
    {
        Scene scene;
        do
        {
            scene = new Scene(
                random.NextInt(Sizes.Count), random.NextInt(Colours.Count), random.NextInt(Shapes.Count), random.NextInt(Places.Count));
        }
        while (scene.IsForTest != test);

        return scene;
    }
}
