using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace FastRnn.Threading;

/// <summary>The mark of an object that serves one thread at a time: a call that enters takes it and gives it back when it leaves, and no
/// call waits. A second thread gets an exception instead of a wrong result, and an object in use cannot be disposed of. To enter costs one
/// atomic exchange, to leave a store.</summary>
internal struct UseMark
{
    private const int Free = 0;
    private const int InUse = 1;
    private const int Gone = 2;
    private const int Broken = 3;
    private int state;

    /// <summary>Takes the mark.</summary>
    /// <param name="owner">Whose mark it is, for the message.</param>
    /// <exception cref="InvalidOperationException">Another thread has it, or <see cref="Fail"/> was called.</exception>
    /// <exception cref="ObjectDisposedException">It was taken for good.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(object owner)
    {
        var seen = Interlocked.CompareExchange(ref state, InUse, Free);
        if (seen != Free)
        {
            Refuse(seen, owner);
        }
    }

    /// <summary>Takes the mark until the end of a <c>using</c>, which comes with an exception as well. It refers into the owner, so that
    /// the collector leaves this and its memory alone for as long.</summary>
    /// <inheritdoc cref="Enter" path="/exception"/>
    [UnscopedRef]
    public Scope Hold(object owner)
    {
        Enter(owner);
        return new Scope(ref this);
    }

    /// <summary>Gives the mark back, with all that its holder wrote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => Volatile.Write(ref state, Free);

    /// <summary>Instead of <see cref="Leave"/>: the holder stopped in the middle, and no call may go on from there.</summary>
    public void Fail() => Volatile.Write(ref state, Broken);

    /// <summary>Takes the mark for good, before the object is disposed of.</summary>
    /// <returns>False if it was taken for good before.</returns>
    /// <exception cref="InvalidOperationException">Another thread has it.</exception>
    public bool EnterLast(object owner)
    {
        var seen = Interlocked.CompareExchange(ref state, Gone, Free);
        if (seen == Broken)
        {
            seen = Interlocked.CompareExchange(ref state, Gone, Broken) == Broken ? Free : Gone;
        }

        if (seen == InUse)
        {
            Refuse(seen, owner);
        }

        return seen == Free;
    }

    [DoesNotReturn]
    private static void Refuse(int seen, object owner)
    {
        ObjectDisposedException.ThrowIf(seen == Gone, owner);
        var name = owner.GetType().Name.Split('`')[0];
        throw new InvalidOperationException(seen == Broken
            ? $"A call of this {name} failed in the middle: what it carries is lost. Dispose of it and make a new one."
            : $"Another thread is in this {name}: it serves one thread at a time. Give each thread one of its own, or take turns.");
    }

    /// <summary>A mark that is taken.</summary>
    public readonly ref struct Scope
    {
        private readonly ref UseMark mark;

        public Scope(ref UseMark mark) => this.mark = ref mark;

        public void Dispose() => mark.Leave();
    }
}
