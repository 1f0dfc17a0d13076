using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Peers.OnnxRuntime;

/// <summary>A session with its tensors bound: nothing is allocated or copied between runs.</summary>
/// <remarks>A stream has two bindings that swap the state before with the state after.</remarks>
internal sealed unsafe class OrtRun : IPeerRun
{
    private readonly OrtLibrary library;
    private readonly Workload workload;
    private readonly nint session;
    private readonly List<nint> values = [];
    private readonly List<nint> memory = [];
    private readonly nint[] bindings;
    private readonly float* y;
    private int next;

    public OrtRun(OrtLibrary library, Workload workload, PeerInput input)
    {
        PeerShapes.Check(workload, input);
        this.library = library;
        this.workload = workload;
        session = library.CreateSession(OnnxModel.Write(workload, input.Weights), workload.Threads);
        bindings = new nint[workload.Streams ? 2 : 1];
        var x = Tensor(out var xValues, workload.Steps, workload.Batch, workload.InputSize);
        input.X.CopyTo(new Span<float>(xValues, input.X.Length));
        var outputs = Tensor(out y, workload.Steps, 1, workload.Batch, workload.HiddenSize);
        for (var i = 0; i < bindings.Length; i++)
        {
            bindings[i] = library.CreateBinding(session);
            library.Bind(OrtFunction.BindInput, bindings[i], OnnxNames.X, x);
            library.Bind(OrtFunction.BindOutput, bindings[i], OnnxNames.Y(workload.Layers - 1), outputs);
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
            library.Run(session, bindings[next]);
            next = bindings.Length - 1 - next;
        }

        var elapsed = Stopwatch.GetElapsedTime(begin);
        SpinningThreads.WaitUntilQuiet(workload, SpinningThreads.OnnxRuntimeMilliseconds);
        return elapsed.TotalNanoseconds;
    }

    public PeerOutput Read() => new(new Span<float>(y, PeerShapes.OutputLength(workload)).ToArray(), null, null);

    public void Dispose()
    {
        foreach (var binding in bindings)
        {
            library.Release(OrtFunction.ReleaseIoBinding, binding);
        }

        foreach (var value in values)
        {
            library.Release(OrtFunction.ReleaseValue, value);
        }

        library.Release(OrtFunction.ReleaseSession, session);
        memory.ForEach(block => NativeMemory.AlignedFree((void*)block));
        values.Clear();
        memory.Clear();
    }

    private void BindStates()
    {
        for (var layer = 0; layer < workload.Layers; layer++)
        {
            foreach (var state in OnnxNames.States(workload.Cell))
            {
                var even = Tensor(out _, 1, workload.Batch, workload.HiddenSize);
                var odd = Tensor(out _, 1, workload.Batch, workload.HiddenSize);
                library.Bind(OrtFunction.BindInput, bindings[0], OnnxNames.Before(state, layer), even);
                library.Bind(OrtFunction.BindOutput, bindings[0], OnnxNames.After(state, layer), odd);
                library.Bind(OrtFunction.BindInput, bindings[1], OnnxNames.Before(state, layer), odd);
                library.Bind(OrtFunction.BindOutput, bindings[1], OnnxNames.After(state, layer), even);
            }
        }
    }

    /// <summary>A tensor of zeros in aligned memory of its own.</summary>
    private nint Tensor(out float* numbers, params ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            count *= size;
        }

        numbers = (float*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(float)), 64);
        NativeMemory.Clear(numbers, (nuint)(count * sizeof(float)));
        memory.Add((nint)numbers);
        var value = library.CreateTensor(numbers, count, shape);
        values.Add(value);
        return value;
    }
}
