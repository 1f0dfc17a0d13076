using FastRnn.Benchmarks.Embedded;
using FastRnn.Data;
using FastRnn.Samples.Keywords;

namespace FastRnn.Benchmarks.Formats;

/// <summary>The keyword spotter of the samples, with the weights that the embedded program has.</summary>
internal sealed class KeywordPrice : PriceTask
{
    private const double StreamDecibels = 15;
    private const int TypicalScenes = 24;
    private static readonly double[] Decibels = [20, 10, 5, 0];

    private readonly KeywordModel model = KeywordModel.Load(Path.Combine(EmbeddedBuilds.Source, "keywords.safetensors"));
    private readonly List<List<(Scene Scene, int Class)>> clips;
    private readonly Scene stream;

    /// <param name="quick">Whether a few words are enough.</param>
    public KeywordPrice(bool quick)
    {
        var examination = new Examination(seed: 1);
        clips = [.. Decibels.Select(decibels => examination.Clips(quick ? 10 : 100, decibels))];
        stream = examination.Stream(quick ? 6 : 90, StreamDecibels);
    }

    public override string Name => "keywords: GRU 40 -> 154, dense 12";

    public override IReadOnlyList<PriceFigure> Figures { get; } =
    [
        .. Decibels.Select(decibels => new PriceFigure(
            FormattableString.Invariant($"words told right at {decibels} dB, %"), "0.00", false, decibels == Decibels[0] ? 0.5 : null)),
        new("words told right at all of these, %", "0.00", false, 0.5),
        new("keywords found in a stream, %", "0.00", false),
    ];

    protected override ModelInfo Info => KeywordModel.Info;

    public override IReadOnlyList<double> Measure(RunOptions weights)
    {
        using var listener = new Listener(model, options: weights);
        var right = clips.ConvertAll(all => 100 * all.Average(clip => listener.Classify(clip.Scene.Sound) == clip.Class ? 1.0 : 0));
        var score = new StreamScore(stream.Words, KeywordSample.Listen(listener, stream));
        return [.. right, right.Average(), 100.0 * score.Hits / score.Keywords];
    }

    public override IReadOnlyList<(int Layer, double RootMeanSquare, double Largest)> Rounding()
    {
        var ear = new LogMel();
        var (x, lengths) = (new List<float>(), new List<int>());
        foreach (var (scene, _) in clips[0].Take(TypicalScenes))
        {
            var frames = new float[scene.Sound.Length / LogMel.Hop * LogMel.Bands];
            ear.Reset();
            lengths.Add(ear.Push(scene.Sound, frames));
            x.AddRange(frames.AsSpan(0, lengths[^1] * LogMel.Bands));
        }

        return Rounding(model, new SequenceBatch { X = x.ToArray(), Lengths = lengths.ToArray() }, lengths.Count, lengths.Max());
    }

    public override void Dispose() => model.Dispose();
}
