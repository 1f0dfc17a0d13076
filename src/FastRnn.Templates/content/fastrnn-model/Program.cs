using FastRnn.Training;

using FastRnnModel._1;

const int BatchSize = 16, SequenceLength = 48, Steps = 400;
const string Weights = "forecast.safetensors";

// Train. Batches are time-major: all sequences' first step, then their second, [T, B, 1].
var model = new ForecastModel(seed: 1);
using (var trainer = model.CreateTrainer(new()
{
    BatchSize = BatchSize,
    SequenceLength = SequenceLength,
    CarryState = false,
    Optimizer = new Adam(5e-3f),
    ClipNorm = 1,
}))
{
    var (x, targets) = (new float[SequenceLength * BatchSize], new float[SequenceLength * BatchSize]);
    for (var step = 1; step <= Steps; step++)
    {
        for (var row = 0; row < BatchSize; row++)
        {
            var series = SampleSeries.Create(step * BatchSize + row, SequenceLength + 1);
            for (var t = 0; t < SequenceLength; t++)
            {
                (x[t * BatchSize + row], targets[t * BatchSize + row]) = (series[t], series[t + 1]);
            }
        }

        var result = trainer.Step(x, targets);
        if (step % 100 == 0)
        {
            Console.WriteLine($"step {step}: mean squared error {result.LossPerPosition:f5}");
        }
    }
}

// Save: safetensors with PyTorch's names.
model.Save(Weights);

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
