using FastRnn.Data;
using FastRnn.Training;

using FastRnnModel._1;

const int BatchSize = 16, SequenceLength = 48;
const string Weights = "forecast.safetensors";

// Train, and measure after each epoch on series that are not learned. The loop could also change the learning rate, write checkpoints and
// go on from one.
var model = new ForecastModel(seed: 1);
var (lessons, held) = (Series(firstSeed: 1, count: 640), Series(firstSeed: 1001, count: 64));
using (var trainer = model.CreateTrainer(new()
{
    BatchSize = BatchSize,
    SequenceLength = SequenceLength,
    Optimizer = new Adam(5e-3f),
    ClipNorm = 1,
}))
using (var evaluator = model.CreateEvaluator(new() { BatchSize = BatchSize, SequenceLength = SequenceLength }))
{
    var loop = trainer.CreateLoop(new ShuffledBatches(lessons, BatchSize, seed: 1), new()
    {
        Epochs = 10,
        Measure = metrics => evaluator.MeanLoss(new ShuffledBatches(held, BatchSize, seed: 1), metrics),
        Metrics = [Metric.MeanAbsoluteError],
        EarlyStopping = new EarlyStopping(patience: 3, metric: Metric.MeanAbsoluteError),
    });
    loop.Run(at =>
    {
        if (at.Validation is { } measured && measured.Step == at.Step)
        {
            Console.WriteLine($"step {at.Step}: mean squared error {at.EpochLoss:f5}, {measured.Loss:f5} on other series");
        }
    });
}

// Save: safetensors with PyTorch's names, and texts of your own beside them.
model.Save(Weights, new Dictionary<string, string> { ["about"] = "two waves, one step ahead" });

// Load, and read a series that was not learned; a session keeps the state from step to step.
using var session = ForecastModel.Load(Weights).CreateSession();
var unseen = SampleSeries.Create(seed: -1, length: 201);
var forecast = new float[1];
var error = 0.0;
for (var t = 0; t < 200; t++)
{
    session.Step(unseen.AsSpan(t, 1), forecast);
    error += t < 100 ? 0 : Math.Abs(forecast[0] - unseen[t + 1]) / 100;
}

Console.WriteLine($"forecast {forecast[0]:f3}, came {unseen[200]:f3}, mean error {error:f3}");

// Of each number of a series, the target is the next one.
static SequenceDataset Series(int firstSeed, int count)
{
    var data = new SequenceDataset(SequenceFormat.Of(ForecastModel.Info));
    for (var seed = firstSeed; seed < firstSeed + count; seed++)
    {
        var series = SampleSeries.Create(seed, SequenceLength + 1);
        data.Add(new() { X = series.AsSpan(..^1), Targets = series.AsSpan(1..) });
    }

    return data;
}
