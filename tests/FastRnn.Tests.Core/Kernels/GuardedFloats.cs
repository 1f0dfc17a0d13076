using FastRnn.Memory;
using FastRnn.Tests.Memory;

namespace FastRnn.Tests.Kernels;

/// <summary>A kernel's buffer: it ends, where the system can say so (Linux), at a page that must not be touched, and is full of a NaN that
/// no computation makes, so that what was left alone can be told from what was written.</summary>
internal sealed unsafe class GuardedFloats : IDisposable
{
    /// <summary>What stands where nothing was written.</summary>
    public static readonly float Untouched = BitConverter.Int32BitsToSingle(0x7FC0_5EED);

    private static readonly GuardPages? Guard = OperatingSystem.IsLinux() ? new GuardPages(isAtEnd: true) : null;

    private readonly byte* block;
    private readonly nint size;
    private readonly Arena? arena;

    public GuardedFloats(nint count)
    {
        Count = (int)count;
        if (Guard is null)
        {
            float* address = null;
            arena = new Arena((ref ArenaLayout layout) => address = layout.Floats(count));
            Address = address;
        }
        else
        {
            Guard.Place(null, ref size, count * sizeof(float));
            block = Guard.Rent(size);
            nint offset = 0;
            Address = (float*)(block + Guard.Place(block, ref offset, count * sizeof(float)));
        }

        Values.Fill(Untouched);
    }

    public float* Address { get; }

    public int Count { get; }

    public Span<float> Values => new(Address, Count);

    /// <summary>Whether a number is the NaN of the beginning.</summary>
    public static bool IsUntouched(float value) => BitConverter.SingleToInt32Bits(value) == BitConverter.SingleToInt32Bits(Untouched);

    /// <summary>Numbers from -1 to 1 for the first <paramref name="size"/> of each row, <paramref name="padding"/> behind them.</summary>
    public void Fill(Random random, int first, int rows, int size, int stride, float padding)
    {
        for (var row = first; row < first + rows; row++)
        {
            var values = Values.Slice(row * stride, stride);
            values.Fill(padding);
            for (var i = 0; i < size; i++)
                values[i] = (random.NextSingle() * 2) - 1;
        }
    }

    public void Dispose()
    {
        arena?.Dispose();
        Guard?.Return(block, size);
    }
}
