using System.Diagnostics;

using Microsoft.ML.OnnxRuntime;

using OrtRunOptions = Microsoft.ML.OnnxRuntime.RunOptions;

namespace FastRnn.Benchmarks.Peers.OnnxRuntime;

/// <summary>A session with its tensors bound: nothing is allocated or copied between runs.</summary>
/// <remarks>A stream has two bindings that swap the state before with the state after.</remarks>
internal sealed class OrtRun : IPeerRun
{
    private readonly Workload workload;
    private readonly SessionOptions options = new() { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
    private readonly OrtRunOptions runOptions = new();
    private readonly InferenceSession session;
    private readonly List<OrtValue> values = [];
    private readonly OrtIoBinding[] bindings;
    private readonly float[] y;
    private int next;

    public OrtRun(Workload workload, PeerInput input)
    {
        PeerShapes.Check(workload, input);
        this.workload = workload;
        options.IntraOpNumThreads = workload.Threads;
        options.InterOpNumThreads = 1;
        session = new InferenceSession(OnnxModel.Write(workload, input.Weights), options);
        bindings = [.. Enumerable.Range(0, workload.Streams ? 2 : 1).Select(_ => session.CreateIoBinding())];
        var x = Tensor(input.X, workload.Steps, workload.Batch, workload.InputSize);
        y = new float[PeerShapes.OutputLength(workload)];
        var outputs = Tensor(y, workload.Steps, 1, workload.Batch, workload.HiddenSize);
        foreach (var binding in bindings)
        {
            binding.BindInput(OnnxNames.X, x);
            binding.BindOutput(OnnxNames.Y(workload.Layers - 1), outputs);
        }

        if (workload.Streams)
        {
            BindStates();
        }
    }

    public double Measure(int iterations)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            session.RunWithBinding(runOptions, bindings[next]);
            next = bindings.Length - 1 - next;
        }

        var elapsed = Stopwatch.GetElapsedTime(begin);
        SpinningThreads.WaitUntilQuiet(workload, SpinningThreads.OnnxRuntimeMilliseconds);
        return elapsed.TotalNanoseconds;
    }

    public PeerOutput Read() => new([.. y], null, null);

    public void Dispose()
    {
        foreach (var binding in bindings)
        {
            binding.Dispose();
        }

        values.ForEach(value => value.Dispose());
        session.Dispose();
        runOptions.Dispose();
        options.Dispose();
    }

    private void BindStates()
    {
        for (var layer = 0; layer < workload.Layers; layer++)
        {
            foreach (var state in OnnxNames.States(workload.Cell))
            {
                var even = Tensor(new float[workload.Batch * workload.HiddenSize], 1, workload.Batch, workload.HiddenSize);
                var odd = Tensor(new float[workload.Batch * workload.HiddenSize], 1, workload.Batch, workload.HiddenSize);
                bindings[0].BindInput(OnnxNames.Before(state, layer), even);
                bindings[0].BindOutput(OnnxNames.After(state, layer), odd);
                bindings[1].BindInput(OnnxNames.Before(state, layer), odd);
                bindings[1].BindOutput(OnnxNames.After(state, layer), even);
            }
        }
    }

    /// <summary>A tensor over an array, which stays where it is as long as the tensor.</summary>
    private OrtValue Tensor(float[] numbers, params long[] shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(numbers, shape);
        values.Add(value);
        return value;
    }
}
