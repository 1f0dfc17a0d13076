using FastRnn.Parameters;
using FastRnn.Samples.Captions;
using FastRnn.Samples.Common;

namespace FastRnn.Samples.Tests.Captions;

public class CaptionDataTests
{
    private static readonly List<Scene> Scenes =
    [
        .. from size in Enumerable.Range(0, 2) from colour in Enumerable.Range(0, 6) from shape in Enumerable.Range(0, 5)
        from place in Enumerable.Range(0, 9)
           select new Scene(size, colour, shape, place),
    ];

    [Fact]
    public void Every_scene_has_a_sentence_of_its_own_in_known_words()
    {
        Assert.Distinct(Scenes.Select(scene => scene.Sentence));
        Assert.Contains("a small red circle at the top left", Scenes.Select(scene => scene.Sentence));
        Assert.Equal(Scenes.SelectMany(scene => scene.Sentence.Split(' ')).Distinct().Order(StringComparer.Ordinal), Scene.Words);
        Assert.Equal(Scene.LongestSentence, Scenes.Max(scene => scene.Sentence.Split(' ').Length));
    }

    [Fact]
    public void What_is_tested_was_never_seen_but_each_of_its_words_was()
    {
        var random = new RandomSource(1);
        var lessons = Enumerable.Range(0, 9000).Select(_ => Scene.Draw(random, test: false)).ToHashSet();
        var unseen = Enumerable.Range(0, 3000).Select(_ => Scene.Draw(random, test: true)).ToHashSet();
        Assert.Equal(Scenes.Count, lessons.Count + unseen.Count);
        Assert.Empty(lessons.Intersect(unseen));
        Assert.InRange(unseen.Count, 80, 130);
        Assert.Equal(30, lessons.Select(scene => (scene.Colour, scene.Shape)).Distinct().Count());
        Assert.Equal(45, lessons.Select(scene => (scene.Shape, scene.Place)).Distinct().Count());
        Assert.Equal(54, lessons.Select(scene => (scene.Colour, scene.Place)).Distinct().Count());
    }

    [Fact]
    public void Pictures_of_one_scene_differ_and_a_seed_repeats_them()
    {
        var scene = new Scene(1, 0, 1, 4);
        var random = new RandomSource(1);
        var (first, second) = (Painter.Paint(random, scene), Painter.Paint(random, scene));
        Assert.NotEqual(first, second);
        Assert.Equal(first, Painter.Paint(new RandomSource(1), scene));
        Assert.All(first, value => Assert.InRange(value, -0.2f, 1.2f));
        var middle = Painter.Side * Painter.Side / 2 + Painter.Side / 2;
        Assert.True(first[middle] > 0.7 && first[Painter.Side * Painter.Side + middle] < 0.25, "no red in the middle");
    }

    [Fact]
    public void The_eye_sees_the_orientation_of_an_edge()
    {
        var standing = new float[3 * Painter.Side * Painter.Side];
        for (var i = 0; i < standing.Length; i++)
        {
            standing[i] = i % Painter.Side is > 9 and < 22 ? 1 : 0.4f;
        }

        var edges = FilterBank.Describe(standing).AsSpan(0, 16).ToArray().Chunk(2).Select(pair => pair[0]).ToArray();
        Assert.Equal(0, edges.IndexOf(edges.Max()));
        Assert.Equal(4, edges.IndexOf(edges.Min()));
    }

    [Fact]
    public void What_it_sees_tells_even_a_linear_fit_most()
    {
        var random = new RandomSource(2);
        var fit = new LeastSquares(FilterBank.Features, 22);
        for (var i = 0; i < 3000; i++)
        {
            var scene = Scene.Draw(random, test: false);
            fit.Add(FilterBank.Describe(Painter.Paint(random, scene)), Scores(scene));
        }

        fit.Solve(1e-6);
        var right = 0;
        var y = new float[22];
        for (var i = 0; i < 500; i++)
        {
            var scene = Scene.Draw(random, test: true);
            fit.Predict(FilterBank.Describe(Painter.Paint(random, scene)), y);
            right += new Scene(Best(y, 0, 2), Best(y, 2, 6), Best(y, 8, 5), Best(y, 13, 9)) == scene ? 1 : 0;
        }

        // By chance it would be one. A network, which is not linear, has to do better.
        Assert.InRange(right, 375, 500);
    }

    private static float[] Scores(Scene scene)
    {
        var y = new float[22];
        y[scene.Size] = y[2 + scene.Colour] = y[8 + scene.Shape] = y[13 + scene.Place] = 1;
        return y;
    }

    private static int Best(float[] y, int begin, int count) => y.AsSpan(begin, count).IndexOf(y.Skip(begin).Take(count).Max());
}
