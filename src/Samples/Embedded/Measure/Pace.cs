using System.Diagnostics;

namespace FastRnn.Embedded.Measure;

/// <summary>Waits for a moment: asleep for a millisecond at a time while there is more than that to wait, and spinning for the
/// rest.</summary>
internal static class Pace
{
    // A sleep of a millisecond and what the system adds to it as a rule. Where it adds more the moment is missed.
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
