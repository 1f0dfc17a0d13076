using FastRnn.Parameters;

namespace FastRnn.Samples.Keywords;

/// <summary>What is asked after the lessons: other speakers, other noises, and other words where no keyword is said.</summary>
internal sealed class Examination(long seed)
{
    private const double PartSeconds = 10;

    private readonly long seed = -1 - seed;
    private readonly Surroundings surroundings = new(-1 - seed, isTest: true);

    /// <summary>So many clips of each class.</summary>
    public List<(Scene Scene, int Class)> Clips(int each, double decibels) => Draw(surroundings, seed, each, isTest: true, decibels);

    /// <summary>Clips to learn from, for a method that needs them; noise of all levels.</summary>
    public static List<(Scene Scene, int Class)> LessonClips(long seed, int each) =>
        Draw(new Surroundings(seed, isTest: false), seed, each, isTest: false, null);

    /// <summary>Talk without an end: every ten seconds another room and another noise.</summary>
    public Scene Stream(int parts, double decibels) =>
        Join(parts, random => Scene.Talk(random, surroundings, (int)(PartSeconds * LogMel.SampleRate), isTest: true, decibels));

    /// <summary>The same without a word.</summary>
    public Scene Noise(int parts, double decibels) => Join(parts, random => Scene.Nothing(random, surroundings, PartSeconds, decibels));

    /// <summary>Three words in three seconds.</summary>
    public Scene Demo(double decibels) => Scene.Row(RandomSource.ForStream(seed, 0, 3), surroundings, [0, 8, 9], 3, isTest: true, decibels);

    private static List<(Scene Scene, int Class)> Draw(Surroundings surroundings, long seed, int each, bool isTest, double? decibels) =>
        [.. Enumerable.Range(0, each * Keyword.Classes).AsParallel().AsOrdered().Select(i =>
            (Scene.Clip(RandomSource.ForStream(seed, i, 1), surroundings, i % Keyword.Classes, isTest, decibels), i % Keyword.Classes))];

    private Scene Join(int parts, Func<RandomSource, Scene> part) =>
        Scene.Join([.. Enumerable.Range(0, parts).AsParallel().AsOrdered().Select(i => part(RandomSource.ForStream(seed, i, 2)))]);
}
