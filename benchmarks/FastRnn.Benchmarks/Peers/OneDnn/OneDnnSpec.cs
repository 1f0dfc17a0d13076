using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Peers.OneDnn;

/// <summary>A workload as <c>struct spec</c> of <c>onednn.cpp</c> has it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct OneDnnSpec(Workload workload)
{
    public readonly int Cell = (int)workload.Cell;
    public readonly int Input = workload.InputSize;
    public readonly int Hidden = workload.HiddenSize;
    public readonly int Layers = workload.Layers;
    public readonly int Batch = workload.Batch;
    public readonly int Steps = workload.Steps;
    public readonly int Training = workload.Kind == WorkKind.Training ? 1 : 0;
    public readonly int Threads = workload.Threads;
    public readonly int BFloat16 = workload.BFloat16 ? 1 : 0;
    public readonly int Streams = workload.Streams ? 1 : 0;
}
