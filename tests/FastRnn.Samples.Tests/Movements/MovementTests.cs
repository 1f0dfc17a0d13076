using FastRnn.Parameters;
using FastRnn.Samples.Movements;

namespace FastRnn.Samples.Tests.Movements;

public class MovementTests
{
    private static readonly List<Movement> Lessons = Draw(1, 3000), Unseen = Draw(2, 2000);

    [Fact]
    public void Movements_are_short_and_long_and_of_every_class()
    {
        Assert.Equal(MovementMaker.Shortest, Lessons.Min(movement => movement.Length));
        Assert.Equal(MovementMaker.Longest, Lessons.Max(movement => movement.Length));
        Assert.All(Enumerable.Range(0, MovementMaker.Classes.Count), c =>
            Assert.InRange(Lessons.Count(movement => movement.Class == c), 280, 480));
        Assert.All(Lessons.SelectMany(movement => movement.X), value => Assert.InRange(value, -4, 4));
    }

    [Fact]
    public void The_same_seed_gives_the_same_movement() =>
        Assert.Equal(Draw(1, 10).SelectMany(movement => movement.X), Lessons.Take(10).SelectMany(movement => movement.X));

    [Fact]
    public void A_summary_knows_the_pair_and_guesses_which_of_it()
    {
        var baseline = new PooledBaseline(Lessons);
        var answers = Unseen.Select(movement => (movement.Class, Answer: baseline.Classify(movement))).ToList();
        Assert.InRange(answers.Average(pair => pair.Class / 2 == pair.Answer / 2 ? 1.0 : 0), 0.95, 1);
        Assert.InRange(answers.Average(pair => pair.Class == pair.Answer ? 1.0 : 0), 0.4, 0.65);
    }

    [Fact]
    public void When_things_happen_tells_the_classes_apart()
    {
        // In which half of the time there is more motion of the kind that comes first.
        int[] channels = [0, 5, -1, 3];
        foreach (var movement in Lessons.Where(movement => movement.Class / 2 != 2))
        {
            var energy = Halves(movement, channels[movement.Class / 2]);
            var early = movement.Class / 2 == 3 ? energy.Late > energy.Early : energy.Early > energy.Late;
            Assert.Equal(movement.Class % 2 == 0, early);
        }
    }

    private static (double Early, double Late) Halves(Movement movement, int channel)
    {
        var energies = Enumerable.Range(0, movement.Length).Select(t => Math.Pow(movement.X[t * Movement.Channels + channel], 2)).ToList();
        return (energies.Take(movement.Length / 2).Sum(), energies.Skip(movement.Length / 2).Sum());
    }

    private static List<Movement> Draw(long seed, int count)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(_ => MovementMaker.Draw(random))];
    }
}
