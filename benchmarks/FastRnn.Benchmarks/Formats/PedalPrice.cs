using FastRnn.Benchmarks.Embedded;
using FastRnn.Data;
using FastRnn.Samples.Audio;

namespace FastRnn.Benchmarks.Formats;

/// <summary>The guitar pedal of the samples, with the weights that the embedded program has, on a piece that was in no lesson.</summary>
internal sealed class PedalPrice : PriceTask
{
    private const double Drive = 4, PreEmphasis = 0.85;
    private const int Silence = 512;

    private readonly PedalModel model = PedalModel.Load(Path.Combine(EmbeddedBuilds.Source, "pedal.safetensors"));
    private readonly float[] dry;
    private readonly float[] teacher;

    /// <param name="quick">Whether a short piece is enough.</param>
    public PedalPrice(bool quick)
    {
        dry = new float[(quick ? 2 : 12) * DiodeClipper.SampleRate];
        teacher = new float[dry.Length];
        Guitar.Play(seed: -2, dry, Silence);
        new DiodeClipper(Drive).Process(dry, teacher);
    }

    public override string Name => "guitar pedal: LSTM 1 -> 16, dense 1";

    public override IReadOnlyList<PriceFigure> Figures { get; } =
    [
        new("error-to-signal ratio, %", "0.0000", true), new("the same with pre-emphasis, %", "0.0000", true),
    ];

    protected override ModelInfo Info => PedalModel.Info;

    public override IReadOnlyList<double> Measure(RunOptions weights)
    {
        var played = new float[dry.Length];
        using var session = model.CreateSession(weights with { Threads = 1 });
        session.Run(new float[Silence], new float[Silence]);
        session.Run(dry, played);
        return [100 * Signals.ErrorToSignal(played, teacher), 100 * Signals.ErrorToSignal(played, teacher, PreEmphasis)];
    }

    public override IReadOnlyList<(int Layer, double RootMeanSquare, double Largest)> Rounding() =>
        Rounding(
            model, new SequenceBatch { X = dry.AsSpan(0, DiodeClipper.SampleRate), Lengths = (int[])[DiodeClipper.SampleRate] },
            sequences: 1, DiodeClipper.SampleRate);

    public override void Dispose() => model.Dispose();
}
