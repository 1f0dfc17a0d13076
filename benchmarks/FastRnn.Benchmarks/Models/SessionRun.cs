using System.Diagnostics;

using FastRnn.Benchmarks.Peers;
using FastRnn.Inference;

namespace FastRnn.Benchmarks.Models;

/// <summary>Our inference, through the public session: a call of <c>Step</c> if the workload has one step, else a call of
/// <c>Run</c>.</summary>
internal sealed class SessionRun<TModel> : IPeerRun
    where TModel : class, IModel<TModel>
{
    private readonly Session<TModel> session;
    private readonly Workload workload;
    private readonly float[] x;
    private readonly float[] y;

    public SessionRun(TModel model, Workload workload, float[] x)
    {
        session = new Session<TModel>(model, new RunOptions
        {
            BatchSize = workload.Batch,
            Threads = workload.Threads,
            Weights = WeightFormats.Of(workload.Precision),
        });
        this.workload = workload;
        this.x = x;
        y = new float[workload.Steps * workload.Batch * TModel.Info.OutputSize];
    }

    public double Measure(int iterations)
    {
        var begin = Stopwatch.GetTimestamp();
        if (workload.Streams)
        {
            Stream(iterations);
        }
        else
        {
            for (var i = 0; i < iterations; i++)
            {
                session.Reset();
                session.Run(x, y);
            }
        }

        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
    }

    public PeerOutput Read() => new(y, null, null);

    public void Dispose() => session.Dispose();

    private void Stream(int iterations)
    {
        if (workload.Steps == 1)
        {
            for (var i = 0; i < iterations; i++)
            {
                session.Step(x, y);
            }
        }
        else
        {
            for (var i = 0; i < iterations; i++)
            {
                session.Run(x, y);
            }
        }
    }
}
