using System.Diagnostics;

using FastRnn.Benchmarks.Peers;
using FastRnn.Inference;

namespace FastRnn.Benchmarks.Formats;

/// <summary>Inference with weights of a format: a stream, so many steps a call, or a batch of sequences. An iteration is a call.</summary>
internal sealed class FormatRun<TModel> : IPeerRun
    where TModel : class, IModel<TModel>
{
    private readonly Session<TModel>? session;
    private readonly Predictor<TModel>? predictor;
    private readonly float[] x;
    private readonly float[] y;

    /// <param name="create">Makes the model.</param>
    /// <param name="batch">Sequences; 1 for a stream.</param>
    /// <param name="steps">Steps of a call.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="format">The format.</param>
    public FormatRun(Func<TModel> create, int batch, int steps, int threads, WeightFormat format)
    {
        using var model = create();
        RunOptions options = new() { BatchSize = batch, SequenceLength = steps, Threads = threads, Weights = format };
        if (batch == 1)
        {
            session = new Session<TModel>(model, options);
        }
        else
        {
            predictor = new Predictor<TModel>(model, options);
        }

        x = [.. Enumerable.Range(0, batch * steps * TModel.Info.InputSize).Select(i => MathF.Sin(i))];
        y = new float[batch * steps * TModel.Info.OutputSize];
    }

    public double Measure(int iterations)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            session?.Run(x, y);
            predictor?.Run(x, y);
        }

        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
    }

    public PeerOutput Read() => new(y, null, null);

    public void Dispose()
    {
        session?.Dispose();
        predictor?.Dispose();
    }
}
