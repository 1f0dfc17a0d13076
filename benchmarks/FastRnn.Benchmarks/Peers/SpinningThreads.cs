namespace FastRnn.Benchmarks.Peers;

/// <summary>A peer's worker threads spin for a while after a run, in the hope of the next one: on a core that FastRnn is about to be timed
/// on.</summary>
internal static class SpinningThreads
{
    /// <summary>OpenMP of GNU: measured up to 7 ms.</summary>
    public const int OpenMpMilliseconds = 15;

    /// <summary>ONNX Runtime's pool: measured up to 30 ms.</summary>
    public const int OnnxRuntimeMilliseconds = 50;

    /// <summary>Waits until they sleep; a workload of one thread has none.</summary>
    public static void WaitUntilQuiet(Workload workload, int milliseconds)
    {
        if (workload.Threads > 1)
        {
            Thread.Sleep(milliseconds);
        }
    }
}
