using System.Globalization;

using FastRnn.Samples.Common;

namespace FastRnn.Samples.Memory;

/// <summary>A task of memory, learnt by four cells at several distances: a table of what each can bridge.</summary>
internal abstract class LagSample : ISample
{
    /// <summary>Sequences of a batch.</summary>
    protected const int BatchSize = 32;

    private const int MostLag = 1000;

    private static readonly string[] Cells = ["Elman", "IRNN", "GRU", "LSTM"];

    public abstract string Name { get; }

    public abstract string Summary { get; }

    public IReadOnlyList<Option> Options =>
        [new("lags", "A,B,C", $"the distances, each from {LeastLag} to {MostLag} ({string.Join(',', Lags(quick: false))})")];

    /// <summary>The shortest distance that the task has.</summary>
    protected abstract int LeastLag { get; }

    /// <summary>What the numbers of the table are.</summary>
    protected abstract string Measure { get; }

    /// <summary>The distances of the table, if the user does not choose.</summary>
    protected abstract IReadOnlyList<int> Lags(bool quick);

    public void Run(SampleRun run)
    {
        var lags = Parse(run.Options.Text("lags")) ?? Lags(run.Quick);
        var results = new Dictionary<(string Cell, int Lag), double>();
        foreach (var (lag, cell) in lags.SelectMany(lag => Cells.Select(cell => (lag, cell)))
            .TakeWhile(_ => !run.Interrupt.IsCancellationRequested))
        {
            results[(cell, lag)] = Learn(run, cell, lag, share: 1.0 / (lags.Count * Cells.Length));
        }

        run.Say($"{Measure}:");
        run.Say($"{"lag",6}{string.Concat(Cells.Select(cell => $"{cell,10}"))}");
        foreach (var row in results.GroupBy(result => result.Key.Lag))
        {
            var values = row.Select(result => result.Value.ToString("f4", CultureInfo.InvariantCulture).PadLeft(10));
            run.Say($"{row.Key,6}{string.Concat(values)}");
        }

        foreach (var ((cell, lag), value) in results)
        {
            Judge(run, $"{cell} at lag {lag}", cell, lag, value);
        }
    }

    /// <summary>Trains a cell and measures it.</summary>
    protected abstract double Learn(SampleRun run, string cell, int lag, double share);

    /// <summary>Reports a number of the table, with its goal if it has one.</summary>
    protected abstract void Judge(SampleRun run, string name, string cell, int lag, double value);

    private int[]? Parse(string? text)
    {
        var lags = text?.Split(',')
            .Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var lag) ? lag : -1).ToArray();
        return lags is null || lags.All(lag => lag >= LeastLag && lag <= MostLag) && lags.Distinct().Count() == lags.Length
            ? lags
            : throw SampleException.Usage(
                $"--lags: expected different numbers from {LeastLag} to {MostLag} with commas between them, got '{text}'");
    }
}
