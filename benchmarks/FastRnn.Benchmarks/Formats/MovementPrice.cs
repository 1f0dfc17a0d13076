using FastRnn.Data;
using FastRnn.Samples.Common;
using FastRnn.Samples.Movements;

namespace FastRnn.Benchmarks.Formats;

/// <summary>The movements of the samples, learned as there, and asked on more recordings.</summary>
internal sealed class MovementPrice : PriceTask
{
    private const int Typical = 32;

    private readonly MovementModel model;
    private readonly SequenceDataset unseen;

    /// <param name="quick">Whether a short training is enough.</param>
    /// <param name="interrupt">Ends it.</param>
    public MovementPrice(bool quick, CancellationToken interrupt)
    {
        var options = new Options(quick ? ["--quick"] : [], CommonOptions.All);
        var run = new SampleRun(new CommonOptions("movements", options), options, TextWriter.Null, isTerminal: false, interrupt);
        model = MovementSample.Learn(run, MovementSample.Sequences(MovementSample.Draw(run.Seed, quick ? 800 : 4000)));

        // 0.1 points of the sample's 4,000 recordings would be four of them.
        unseen = MovementSample.Sequences(MovementSample.Draw(-1 - run.Seed, quick ? 4000 : 40_000));
    }

    public override string Name => "movements: bidirectional GRU 6 -> 32, last state, dense 8";

    public override IReadOnlyList<PriceFigure> Figures { get; } = [new("recordings told right, %", "0.000", false, 0.1)];

    protected override ModelInfo Info => MovementModel.Info;

    public override IReadOnlyList<double> Measure(RunOptions weights) => [100 * MovementSample.Accuracy(model, unseen, weights)];

    public override IReadOnlyList<(int Layer, double RootMeanSquare, double Largest)> Rounding() =>
        Rounding(
            model, new ShuffledBatches(unseen, Typical, seed: 0, new() { Shuffle = false }).Next(), Typical, MovementMaker.Longest);

    public override void Dispose() => model.Dispose();
}
