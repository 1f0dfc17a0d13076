using FastRnn.Parameters;

namespace FastRnn.Samples.Movements;

/// <summary>Movements of a hand that holds a sensor, made up: fast and slow, strong and weak, 20 to 120 readings long, with noise. Classes
/// come in pairs of the same events in another order, so that no mean, extreme or variance over the sequence can tell one of a pair from
/// the other.</summary>
internal static class MovementMaker
{
    public const int Shortest = 20, Longest = 120;

    private const double Noise = 0.15;
    private const int X = 0, Y = 1, Z = 2, Roll = 3, Yaw = 5;

    public static readonly IReadOnlyList<string> Classes =
    [
        "push, then lift", "lift, then push",
        "turn, then shake", "shake, then turn",
        "circle to the left", "circle to the right",
        "knock twice, then twist", "twist, then knock twice",
    ];

    /// <summary>A movement of any class, each as likely as any other.</summary>
    public static Movement Draw(RandomSource random) => Make(random, random.NextInt(Classes.Count));

    /// <summary>A movement of a class.</summary>
    public static Movement Make(RandomSource random, int @class)
    {
        var x = new float[(Shortest + random.NextInt(Longest - Shortest + 1)) * Movement.Channels];
        var hand = new Hand(x, Between(random, 0.6, 1.5));

        // Rest, first event, rest, second event, rest: the middle rest is somewhere in the middle.
        var (begin, end) = (Between(random, 0, 0.1), Between(random, 0.9, 1));
        var middle = Between(random, 0.42, 0.58);
        var rest = Between(random, 0.02, 0.06);
        Action<double, double>[] events = (@class / 2) switch
        {
            0 => [hand.Push, hand.Lift],
            1 => [hand.Turn, hand.Shake],
            2 => [(a, b) => hand.Circle(begin, end, left: @class % 2 == 0), (_, _) => { }],
            _ => [hand.Knock, hand.Twist],
        };
        if (@class % 2 == 1 && @class / 2 != 2)
        {
            Array.Reverse(events);
        }

        events[0](begin, middle - rest);
        events[1](middle + rest, end);
        foreach (ref var value in x.AsSpan())
        {
            value += (float)(Noise * random.NextGaussian());
        }

        return new Movement(x, @class);
    }

    private static double Between(RandomSource random, double low, double high) => low + (high - low) * random.NextDouble();

    /// <summary>What a hand can do between two times, which are parts of the whole.</summary>
    private sealed class Hand(float[] x, double strength)
    {
        /// <summary>Away from the body: faster, then slower again.</summary>
        public void Push(double begin, double end) => Add(X, begin, end, t => Math.Sin(2 * Math.PI * t));

        public void Lift(double begin, double end) => Add(Z, begin, end, t => Math.Sin(2 * Math.PI * t));

        public void Turn(double begin, double end) => Add(Yaw, begin, end, t => Math.Sin(Math.PI * t));

        public void Twist(double begin, double end) => Add(Roll, begin, end, t => Math.Sin(Math.PI * t));

        public void Shake(double begin, double end) => Add(Y, begin, end, t => Math.Sin(8 * Math.PI * t));

        public void Knock(double begin, double end) => Add(X, begin, end, t => t % 0.5 < 0.25 ? -Math.Sin(4 * Math.PI * t % Math.PI) : 0);

        public void Circle(double begin, double end, bool left)
        {
            Add(X, begin, end, t => Math.Cos(4 * Math.PI * t));
            Add(Y, begin, end, t => (left ? 1 : -1) * Math.Sin(4 * Math.PI * t));
        }

        private void Add(int channel, double begin, double end, Func<double, double> shape)
        {
            var length = x.Length / Movement.Channels;
            for (var t = 0; t < length; t++)
            {
                var part = ((t + 0.5) / length - begin) / (end - begin);
                if (part is >= 0 and < 1)
                {
                    x[t * Movement.Channels + channel] += (float)(strength * shape(part));
                }
            }
        }
    }
}
