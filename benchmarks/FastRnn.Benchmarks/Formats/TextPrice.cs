using FastRnn.Benchmarks.Learning;
using FastRnn.Data;

namespace FastRnn.Benchmarks.Formats;

/// <summary>Tiny Shakespeare, learned as <c>learn</c> does.</summary>
internal sealed class TextPrice : PriceTask
{
    private const int Windows = 8;

    private readonly LearningRun run;

    /// <param name="path">The text.</param>
    /// <param name="quick">Whether a short training is enough.</param>
    public TextPrice(string path, bool quick)
    {
        run = new LearningRun(LearningText.Read(path), seed: 1, threads: 0);
        run.Advance(quick ? 250 : 3000);
    }

    public override string Name => "Tiny Shakespeare: embedding 64, LSTM 128 x 2, dense 65";

    public override IReadOnlyList<PriceFigure> Figures { get; } = [new("validation loss, nats a character", "0.0000", true, 0.01)];

    protected override ModelInfo Info => CharacterModel.Info;

    public override IReadOnlyList<double> Measure(RunOptions weights) => [run.Validate(weights)];

    public override IReadOnlyList<(int Layer, double RootMeanSquare, double Largest)> Rounding()
    {
        // Eight windows of the first streams, one behind the other as long sequences: states have come in, too.
        var windows = Enumerable.Range(0, Windows).Select(run.ValidationInputs).ToList();
        var sequences = windows[0].Length / LearningRun.Steps;
        var tokens = new List<int>();
        for (var sequence = 0; sequence < sequences; sequence++)
        {
            tokens.AddRange(
                from window in windows from t in Enumerable.Range(0, LearningRun.Steps) select window[(t * sequences) + sequence]);
        }

        var length = Windows * LearningRun.Steps;
        return Rounding(
            run.Model, new SequenceBatch { Tokens = tokens.ToArray(), Lengths = Enumerable.Repeat(length, sequences).ToArray() }, sequences,
            length);
    }

    public override void Dispose() => run.Dispose();
}
