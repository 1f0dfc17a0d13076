using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Models;

namespace FastRnn.Benchmarks.Formats;

/// <summary>Times streams and batches with weights of each format; the formats of a row take turns.</summary>
internal sealed class FormatsRun(Rounds rounds, CancellationToken interrupt)
{
    private const double StreamGoal = 2.5;
    private const double BatchGoal = 1.6;
    private const int Block = 64;

    /// <summary>All rows.</summary>
    public IEnumerable<FormatRow> Run() =>
    [
        .. from steps in (int[])[1, Block]
        from row in (FormatRow[])
        [
            Stream(() => new GruOfKeywords(1), steps, 0),
            Stream(() => new Lstm_128x128(1), steps, 0), Stream(() => new Lstm_256x256(1), steps, 0),
            Stream(() => new Lstm_512x512(1), steps, StreamGoal), Stream(() => new Lstm_1024x1024(1), steps, StreamGoal),
            Stream(() => new Gru_512x512(1), steps, StreamGoal), Stream(() => new Gru_1024x1024(1), steps, StreamGoal),
        ]
        select row,
        .. from threads in (int[])[1, 2]
        from row in (FormatRow[])
        [
            Batch(() => new Lstm_128x128(1), 32, 100, threads, 0), Batch(() => new Lstm_256x256(1), 64, 50, threads, BatchGoal),
            Batch(() => new Lstm_512x512(1), 64, 50, threads, BatchGoal), Batch(() => new Lstm_1024x1024(1), 64, 20, threads, BatchGoal),
            Batch(() => new Gru_512x512(1), 64, 50, threads, BatchGoal),
        ]
        select row,
    ];

    private FormatRow Stream<TModel>(Func<TModel> create, int steps, double goal)
        where TModel : class, IModel<TModel> =>
        Measure(create, steps == 1 ? "call" : $"block {steps}", 1, steps, threads: 1, goal);

    private FormatRow Batch<TModel>(Func<TModel> create, int batch, int steps, int threads, double goal)
        where TModel : class, IModel<TModel> =>
        Measure(create, $"B {batch}, T {steps}, threads {threads}", batch, steps, threads, goal);

    private FormatRow Measure<TModel>(Func<TModel> create, string shape, int batch, int steps, int threads, double goal)
        where TModel : class, IModel<TModel>
    {
        interrupt.ThrowIfCancellationRequested();
        var sides = Enum.GetValues<WeightFormat>()
            .Select(format => new Side(new FormatRun<TModel>(create, batch, steps, threads, format))).ToList();
        try
        {
            sides.ForEach(side => side.Warm(rounds));
            for (var round = 0; round < rounds.Count; round++)
            {
                sides.ForEach(side => side.Turn());
            }

            return new(
                $"{TModel.Info.Name}, {shape}", [.. sides.Select(side => side.Median() / steps)], goal,
                sides.Sum(side => side.AllocatedBytes));
        }
        finally
        {
            sides.ForEach(side => side.Dispose());
        }
    }
}
