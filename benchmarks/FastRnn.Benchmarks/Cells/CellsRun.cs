using FastRnn.Benchmarks.Comparison;

namespace FastRnn.Benchmarks.Cells;

/// <summary>Times every built-in cell, every shape of a model, and batches of other lengths.</summary>
internal sealed class CellsRun(Rounds rounds, CancellationToken interrupt)
{
    public const int Batch = 64;
    public const int Steps = 32;
    public const int Threads = 2;

    /// <summary>All rows of a group take turns.</summary>
    public IEnumerable<CellRow> Run() =>
        [.. Measure(Cells()), .. Measure(Shapes()), .. Measure(Losses()), .. Measure(Ragged())];

    private static List<Candidate> Cells() =>
    [
        Cell("Elman", () => new OfElman(1)), Cell("IRNN", () => new OfIrnn(1)), Cell("IndRNN", () => new OfIndRnn(1)),
        Cell("Jordan", () => new OfJordan(1)),
        Cell("minimal gated unit", () => new OfMinimalGatedUnit(1)), Cell("GRU (reset after)", () => new OfGru(1)),
        Cell("GRU (reset before)", () => new OfGruResetBefore(1)),
        Cell("LSTM", () => new OfLstm(1)), Cell("LSTM, coupled gates", () => new OfCoupledLstm(1)),
        Cell("LSTM, peepholes", () => new OfPeepholeLstm(1)),
        Cell("LSTM, projected to 64", () => new OfProjectedLstm(1)), Cell("LSTM, layer-normalised", () => new OfLayerNormLstm(1)),
    ];

    private static List<Candidate> Shapes() =>
    [
        Shape("plain", () => new OfLstm(1)), Shape("dropout 0.2", () => new WithDropout(1)),
        Shape("recurrent dropout 0.2", () => new WithRecurrentDropout(1)), Shape("zoneout 0.1", () => new WithZoneout(1)),
        Shape("last step only", () => new WithOneOutput(1)), Shape("bidirectional", () => new InBothDirections(1)),
        Shape("encoder and decoder", () => new EncoderAndDecoder(1)),
        Shape("and dot attention", () => new WithDotAttention(1)), Shape("and additive attention, 64", () => new WithAdditiveAttention(1)),
        Shape("and dot attention, attentional state of 64", () => new WithAttentionalState(1)),
        Shape("and that fed back (input feeding)", () => new WithInputFeeding(1)),
    ];

    private static List<Candidate> Losses() =>
    [
        Loss("mean squared error", () => new WithSquares(1)), Loss("the same as equations", () => new WithOwnSquares(1)),
        Loss("mean absolute error", () => new WithAbsolutes(1)), Loss("absolute error as equations", () => new WithOwnAbsolutes(1)),
        Loss("log cosh (equations)", () => new WithLogCosh(1)),
    ];

    /// <summary>The same sum of lengths three times, and twice as much.</summary>
    private static List<Candidate> Ragged()
    {
        int[] Of(Func<int, int> length) => [.. Enumerable.Range(0, Batch).Select(length)];
        return
        [
            Lengths($"all {Steps}", Of(_ => Steps)),
            Lengths("1 to 63, in any order", Of(b => 1 + (b * 37 % 63))),
            Lengths("half of them 8, half 56", Of(b => b % 2 == 0 ? 8 : 56)),
            Lengths("one of 64, the others 31 or 32", Of(b => b == 5 ? 64 : b % 2 == 0 ? 32 : 31)),
            Lengths("all 64", Of(_ => 64)),
        ];
    }

    private static Candidate Cell<TModel>(string name, Func<TModel> create)
        where TModel : class, IModel<TModel> =>
        new(
            "cells", name, Recurrent(TModel.Info), Batch * Steps,
            new(new BatchRun<TModel>(create, Equal(), Threads)), new(new StreamRun<TModel>(create)));

    private static Candidate Shape<TModel>(string name, Func<TModel> create)
        where TModel : class, IModel<TModel> =>
        new("shapes", name, Recurrent(TModel.Info), Batch * Steps, new(new BatchRun<TModel>(create, Equal(), Threads)), null);

    private static Candidate Loss<TModel>(string name, Func<TModel> create)
        where TModel : class, IModel<TModel> =>
        new("losses", name, Recurrent(TModel.Info), Batch * Steps, new(new BatchRun<TModel>(create, Equal(), Threads)), null);

    private static Candidate Lengths(string name, int[] lengths) =>
        new("lengths", name, Recurrent(OfLstm.Info), lengths.Sum(), new(new BatchRun<OfLstm>(() => new OfLstm(1), lengths, Threads)), null);

    private static int[] Equal() => [.. Enumerable.Repeat(Steps, Batch)];

    private static int Recurrent(ModelInfo info) => info.Layers.Where(layer => layer.IsRecurrent).Sum(layer => layer.ParameterCount);

    private List<CellRow> Measure(List<Candidate> candidates)
    {
        try
        {
            foreach (var side in candidates.SelectMany(c => c.Sides))
            {
                interrupt.ThrowIfCancellationRequested();
                side.Warm(rounds);
            }

            for (var round = 0; round < rounds.Count; round++)
            {
                foreach (var side in candidates.SelectMany(c => c.Sides))
                {
                    interrupt.ThrowIfCancellationRequested();
                    side.Turn();
                }
            }

            return [.. candidates.Select(c => new CellRow(
                c.Group, c.Name, c.Parameters, c.Training.Median(), c.Stream?.Median(), c.Positions, c.Sides.Sum(s => s.AllocatedBytes)))];
        }
        finally
        {
            candidates.ForEach(c => c.Sides.ToList().ForEach(side => side.Dispose()));
        }
    }

    private sealed record Candidate(string Group, string Name, int Parameters, int Positions, Side Training, Side? Stream)
    {
        public IEnumerable<Side> Sides => Stream is null ? [Training] : [Training, Stream];
    }
}
