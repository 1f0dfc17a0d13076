using FastRnn.Data;
using FastRnn.Parameters;

namespace FastRnn.Samples.Keywords;

/// <summary>Batches of talk that nobody has ever heard before: each sequence a scene, with a class and a weight for each frame.</summary>
internal sealed class Lessons
{
    public const int BatchSize = 24, Frames = 400;

    private const int Samples = (Frames - 1) * LogMel.Hop + LogMel.Window;

    /// <summary>When a word is told: from 20 to 200 ms after its end.</summary>
    private const int TellFrom = 320, TellUntil = 3200;

    private readonly long seed;
    private readonly Surroundings surroundings;
    private readonly LogMel[] ears = new LogMel[BatchSize];
    private readonly float[] x = new float[BatchSize * Frames * LogMel.Bands], weights = new float[BatchSize * Frames];
    private readonly int[] targets = new int[BatchSize * Frames], lengths = new int[BatchSize];

    public Lessons(long seed)
    {
        this.seed = seed;
        surroundings = new Surroundings(seed, isTest: false);
        lengths.AsSpan().Fill(Frames);
        foreach (ref var ear in ears.AsSpan())
        {
            ear = new LogMel();
        }
    }

    /// <summary>The batch of a step: views that hold until the next one.</summary>
    public SequenceBatch Make(int step)
    {
        Parallel.For(0, BatchSize, row =>
        {
            var random = RandomSource.ForStream(seed, step, row);

            // Most begin in another room: the state that one noise and loudness left must not hide words in the next.
            var first = Math.Max(0, random.NextInt(3 * LogMel.SampleRate) - LogMel.SampleRate / 2);
            var after = Scene.Talk(random, surroundings, Samples - first, isTest: false);
            var scene = first == 0 ? after : Scene.Join([Scene.Talk(random, surroundings, first, isTest: false), after]);
            ears[row].Reset();
            ears[row].Push(scene.Sound, x.AsSpan(row * Frames * LogMel.Bands, Frames * LogMel.Bands));
            Label(scene.Words, targets.AsSpan(row * Frames, Frames), weights.AsSpan(row * Frames, Frames));
        });
        return new SequenceBatch { X = x, TargetTokens = targets, Weights = weights, Lengths = lengths };
    }

    /// <summary>What is to be said at each frame, and how much it counts: silence; "unknown" while a word is spoken; the word itself after
    /// its end. Moments between count nothing.</summary>
    public static void Label(IReadOnlyList<SpokenWord> words, Span<int> targets, Span<float> weights)
    {
        targets.Fill(Keyword.Silence);
        weights.Fill(0.3f);
        foreach (var word in words)
        {
            for (var frame = 0; frame < targets.Length; frame++)
            {
                var now = frame * LogMel.Hop + LogMel.Window;
                var late = now - word.End;
                if (now > word.Begin && late < TellUntil + 2 * TellFrom)
                {
                    (targets[frame], weights[frame]) = late < 0 ? (Keyword.Unknown, now - word.Begin < LogMel.Window ? 0 : 0.2f)
                        : late is >= TellFrom and < TellUntil ? (word.Class, 1) : (word.Class, 0);
                }
            }
        }
    }
}
