using System.Diagnostics;

using FastRnn.Benchmarks.Peers;
using FastRnn.Inference;

namespace FastRnn.Benchmarks.Cells;

/// <summary>One stream, a call a step. An iteration is a step.</summary>
internal sealed class StreamRun<TModel> : IPeerRun
    where TModel : class, IModel<TModel>
{
    private readonly Session<TModel> session;
    private readonly float[] x = [.. Enumerable.Range(0, TModel.Info.InputSize).Select(i => MathF.Sin(i))];
    private readonly float[] y = new float[TModel.Info.OutputSize];

    public StreamRun(Func<TModel> create)
    {
        using var model = create();
        session = new Session<TModel>(model, new RunOptions { Threads = 1 });
    }

    public double Measure(int iterations)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            session.Step(x, y);
        }

        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
    }

    public PeerOutput Read() => new(y, null, null);

    public void Dispose() => session.Dispose();
}
