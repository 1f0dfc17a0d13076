using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

using FastRnn.Threading;

namespace FastRnn.Parameters;

/// <summary>Notices that the parameters of a model change while somebody computes with them, on another thread or within an edit. Changes
/// that began and changes that ended are counted together, so the count is odd during one; who computes looks at it before and after: two
/// loads of a line that nobody writes. What was computed from numbers of two kinds is refused, and never taken for a result.</summary>
/// <param name="model">The model's name, for messages.</param>
internal sealed class ChangeMark(string model)
{
    private int count;

    /// <summary>A change begins.</summary>
    /// <returns>What <see cref="EndChange"/> wants to see.</returns>
    /// <exception cref="InvalidOperationException">Another one has not ended.</exception>
    public int BeginChange()
    {
        var change = Volatile.Read(ref count) | 1;
        if (Interlocked.CompareExchange(ref count, change, change - 1) != change - 1)
        {
            throw new InvalidOperationException(
                $"{model} is being edited already, or trained on another thread: an edit ends with its using, and another change may begin "
                    + "then.");
        }

        return change;
    }

    /// <summary>The same, of what was computed since <see cref="BeginRead"/>: nothing may have changed since then.</summary>
    /// <exception cref="InvalidOperationException">Something has.</exception>
    public int BeginChange(int seen)
    {
        if (Interlocked.CompareExchange(ref count, seen | 1, seen) != seen)
        {
            ThrowChanged();
        }

        return seen | 1;
    }

    /// <summary>Whether this change has not ended.</summary>
    public bool IsCurrent(int change) => Volatile.Read(ref count) == change;

    /// <summary>A change ends.</summary>
    public void EndChange(int change) => Volatile.Write(ref count, unchecked(change + 1));

    /// <summary>Somebody begins to compute with the parameters.</summary>
    /// <returns>What <see cref="EndRead"/> wants to see.</returns>
    /// <exception cref="InvalidOperationException">They are being changed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int BeginRead()
    {
        var seen = Volatile.Read(ref count);
        if ((seen & 1) != 0)
        {
            Refuse();
        }

        return seen;
    }

    /// <summary>Whether the parameters are those of <see cref="BeginRead"/> all along.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsUnchanged(int seen)
    {
        // An x86 loads in order; elsewhere a weight could have been loaded after the count.
        if (!X86Base.IsSupported)
        {
            Interlocked.MemoryBarrier();
        }

        return Volatile.Read(ref count) == seen;
    }

    /// <summary>Refuses what was computed, if the parameters changed meanwhile.</summary>
    /// <exception cref="InvalidOperationException">They did.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndRead(int seen)
    {
        if (!IsUnchanged(seen))
        {
            ThrowChanged();
        }
    }

    /// <summary>Somebody enters an object that computes with the parameters.</summary>
    /// <param name="use">The object's mark, which is taken.</param>
    /// <param name="owner">The object.</param>
    /// <returns>What <see cref="Leave"/> wants to see.</returns>
    /// <exception cref="InvalidOperationException">Another thread has the mark, or changes the parameters.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Enter(ref UseMark use, object owner)
    {
        var seen = BeginRead();
        use.Enter(owner);
        return seen;
    }

    /// <summary>Gives the mark back; or, if the parameters changed meanwhile, marks the object as failed.</summary>
    /// <exception cref="InvalidOperationException">They did: what the object carries is lost with what came out.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(ref UseMark use, int seen)
    {
        if (!IsUnchanged(seen))
        {
            use.Fail();
            ThrowChanged();
        }

        use.Leave();
    }

    /// <summary>Says that the parameters changed.</summary>
    [DoesNotReturn]
    public void ThrowChanged() => throw new InvalidOperationException(
        $"{model} was edited or trained on another thread during this call: what came out means nothing. Nothing else may use a model "
            + "while it changes: take turns, or give each thread a model of its own.");

    [DoesNotReturn]
    private void Refuse() => throw new InvalidOperationException(
        $"{model} is being edited, or trained on another thread: nothing else may use it meanwhile. An edit ends with its using.");
}
