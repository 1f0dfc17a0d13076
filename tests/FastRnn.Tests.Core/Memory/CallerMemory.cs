using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using FastRnn.Memory;

namespace FastRnn.Tests.Memory;

/// <summary>What a caller hands to the library: the arrays themselves, or, where arenas have guard pages, copies that end (or begin) at
/// such a page as well, so that a kernel that reads a user's memory in place is seen when it looks too far.</summary>
internal static unsafe class CallerMemory
{
    // Copies live as long as their arrays, and for some calls longer: a span does not keep its array alive.
    private const int Kept = 1024;
    private static readonly ConditionalWeakTable<Array, Copy> Copies = [];
    private static readonly ConcurrentQueue<Copy> Recent = [];

    /// <summary>The array, or its copy; what is written to a copy comes back with <see cref="Take"/>. Of an array nothing is
    /// allocated.</summary>
    public static Span<T> Of<T>(T[] values)
        where T : unmanaged => ArenaGuard.Current is { } guard && values.Length > 0 ? Guarded(guard, values) : values;

    /// <summary>Brings what was written to the copy of an array into the array.</summary>
    public static void Take<T>(T[] values)
        where T : unmanaged
    {
        if (Copies.TryGetValue(values, out var copy))
        {
            new Span<T>(copy.Begin, values.Length).CopyTo(values);
        }
    }

    private static Span<T> Guarded<T>(ArenaGuard guard, T[] values)
        where T : unmanaged
    {
        var copy = Copies.GetValue(values, _ => new Copy(guard, values.Length * sizeof(T), MemoryMarshal.AsBytes<T>(values)));
        Recent.Enqueue(copy);
        if (Recent.Count > Kept)
        {
            Recent.TryDequeue(out _);
        }

        return new Span<T>(copy.Begin, values.Length);
    }

    private sealed class Copy
    {
        private readonly ArenaGuard guard;
        private readonly byte* block;
        private readonly nint size;

        public Copy(ArenaGuard guard, int bytes, ReadOnlySpan<byte> values)
        {
            this.guard = guard;
            guard.Place(null, ref size, bytes);
            block = guard.Rent(size);
            nint offset = 0;
            Begin = block + guard.Place(block, ref offset, bytes);
            values.CopyTo(new Span<byte>(Begin, bytes));
        }

        ~Copy() => guard.Return(block, size);

        public byte* Begin { get; }
    }
}
