using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastRnn.CompilerServices;

/// <summary>Where the workers that share the units of a layer meet after every step: no worker may read a state of which a part is
/// missing. They spin, because the next step is some microseconds away. Lies in an arena, so it is reachable by pointer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Explicit, Size = 256)]
public struct StepBarrier
{
    /// <summary>Some ten microseconds: as long as a step of a layer that is worth splitting.</summary>
    private const int PatientSpins = 500;

    // On lines of their own: who arrives must not disturb those who only look.
    [FieldOffset(64)]
    private int arrived;

    [FieldOffset(192)]
    private int generation;

    /// <summary>Returns when <paramref name="workers"/> workers have called it.</summary>
    /// <param name="workers">How many workers meet here: the same number in all of a pass.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Meet(int workers)
    {
        var seen = Volatile.Read(ref generation);
        if (Interlocked.Increment(ref arrived) == workers)
        {
            arrived = 0;
            Volatile.Write(ref generation, seen + 1);
            return;
        }

        // The spin gives the core away when it has waited for long, and at once where there are fewer cores than workers: the one waited
        // for may need it.
        var spins = workers > Environment.ProcessorCount ? 0 : PatientSpins;
        while (Volatile.Read(ref generation) == seen)
        {
            if (spins > 0)
            {
                spins--;
                Thread.SpinWait(4);
            }
            else
            {
                Thread.Yield();
            }
        }
    }
}
