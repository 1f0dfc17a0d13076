using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastRnn.Kernels;

/// <summary>Where the workers that share the units of a layer meet after every step: nobody may read a state of which a part is
/// missing. They spin, because the next step is some microseconds away. Lies in an arena, so it is reachable by pointer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Explicit, Size = 256)]
public struct StepBarrier
{
    // On lines of their own: who arrives must not disturb those who only look.
    [FieldOffset(64)]
    private int arrived;

    [FieldOffset(192)]
    private int generation;

    /// <summary>Returns when <paramref name="workers"/> workers have called it.</summary>
    /// <param name="workers">How many workers meet here: always the same number.</param>
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

        // The spin gives the core away when it has waited for long: the one waited for may need it.
        var spin = 0;
        while (Volatile.Read(ref generation) == seen)
        {
            Thread.SpinWait(4);
            if (++spin > 2000)
            {
                Thread.Yield();
            }
        }
    }
}
