using FastRnn.Data;
using FastRnn.Samples.Common;

namespace FastRnn.Samples.Forecasting;

/// <summary>A GRU forecasts coupled series, against the last value and against a linear forecast.</summary>
internal sealed class ForecastSample : ISample
{
    private const int Series = Weather.Stations, BatchSize = 32, SequenceLength = 64, Lags = 8, MostDays = 10;

    public string Name => "forecasting";

    public string Summary => "a GRU forecasts eight coupled series, against the last value and a linear forecast";

    public IReadOnlyList<Option> Options => [new("days", "N", "how far ahead, 1 to 10 (1)")];

    public void Run(SampleRun run)
    {
        var horizon = Weather.ReadingsPerDay * (run.Options.Number("days", 1, MostDays) ?? 1);

        // 32 pieces of one long record are read side by side. Of each the last readings have no future yet: they are only targets.
        var length = run.Pick(full: 40, quick: 10) * SequenceLength;
        var days = BatchSize * (length + horizon) / Weather.ReadingsPerDay;
        run.Say($"{days} days of {Series} stations, forecast {horizon / Weather.ReadingsPerDay} ahead");
        var record = Weather.Observe(run.Seed, BatchSize * (length + horizon));
        var scale = Standardize.Fit(record, Series);
        scale.Apply(record);
        var (x, targets) = Lessons(record, length, horizon);

        var model = new ForecastModel(run.Seed);
        using (var trainer = model.CreateTrainer(new() { BatchSize = BatchSize, SequenceLength = SequenceLength, ClipNorm = 1 }))
        {
            var windows = length / SequenceLength;
            var batches = new MadeBatches(BatchSize, Window, windows);
            run.Train(trainer, batches, new(Full: 20_000, Quick: 400, Peak: 5e-3, Last: 1e-5, "mean squared error"));

            SequenceBatch Window(int number)
            {
                var (begin, size) = (number % windows * SequenceLength * BatchSize * Series, SequenceLength * BatchSize * Series);
                return new() { X = x.AsSpan(begin, size), Targets = targets.AsSpan(begin, size) };
            }
        }

        // Another climate's beginning: no reading of it was in the lessons.
        var unseen = Weather.Observe(-1 - run.Seed, run.Pick(full: 8000, quick: 2000));
        scale.Apply(unseen);
        Compare(run, model, new LinearForecast(record, Series, Lags, horizon), unseen, horizon);
    }

    /// <summary>What is learnt from, <c>[T, B, Series]</c>: the readings, and how much each will have changed.</summary>
    private static (float[] X, float[] Targets) Lessons(ReadOnlySpan<float> record, int length, int horizon)
    {
        var (x, targets) = (new float[length * BatchSize * Series], new float[length * BatchSize * Series]);
        for (var t = 0; t < length; t++)
        {
            for (var row = 0; row < BatchSize * Series; row++)
            {
                var (piece, station) = (row / Series, row % Series);
                var now = (piece * (length + horizon) + t) * Series + station;
                x[t * BatchSize * Series + row] = record[now];
                targets[t * BatchSize * Series + row] = record[now + horizon * Series] - record[now];
            }
        }

        return (x, targets);
    }

    /// <summary>The root mean squared errors of all three over the same readings, in standard deviations of the series.</summary>
    private static void Compare(SampleRun run, ForecastModel model, LinearForecast linear, float[] unseen, int horizon)
    {
        using var session = model.CreateSession();
        var (change, straight) = (new float[Series], new float[Series]);
        double lastError = 0, linearError = 0, modelError = 0;
        var count = 0;
        for (var t = 0; t < unseen.Length / Series - horizon; t++)
        {
            var now = unseen.AsSpan(t * Series, Series);
            session.Step(now, change);
            if (t < SequenceLength)
            {
                // The network has not seen enough yet; nobody is asked.
                continue;
            }

            linear.Predict(unseen, t, straight);
            for (var i = 0; i < Series; i++, count++)
            {
                var later = unseen[(t + horizon) * Series + i];
                lastError += Math.Pow(later - now[i], 2);
                linearError += Math.Pow(later - straight[i], 2);
                modelError += Math.Pow(later - now[i] - change[i], 2);
            }
        }

        run.Tell("error of the last value", Math.Sqrt(lastError / count), "f3");
        run.Tell("error of the linear forecast", Math.Sqrt(linearError / count), "f3");
        run.Tell("error of the model", Math.Sqrt(modelError / count), "f3");

        // The further ahead, the less anybody can know: for more than a day it shall only be better.
        var goal = horizon == Weather.ReadingsPerDay ? 0.25 : 1;
        run.AtMost(
            "model's error in parts of the linear forecast's", Math.Sqrt(modelError / linearError), full: goal, quick: 2 * goal, "p1");
    }
}
