using System.Diagnostics;

namespace FastRnn.Embedded.Measure;

/// <summary>Waits for a moment: asleep as long as the system's timer allows, and spinning for the rest, so that the processor is neither asleep nor late.</summary>
internal static class Pace
{
    // The system wakes a thread up to this late.
    private const double SleepSeconds = 0.0012;

    public static void WaitFor(long timestamp)
    {
        while (timestamp - Stopwatch.GetTimestamp() > Durations.Ticks(SleepSeconds))
        {
            Thread.Sleep(1);
        }

        while (Stopwatch.GetTimestamp() < timestamp)
        {
            Thread.SpinWait(10);
        }
    }
}
