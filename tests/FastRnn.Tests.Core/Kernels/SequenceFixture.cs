using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Tests.Kernels;

/// <summary>Random rows <c>[T, B, D]</c> in padded memory whose padding is NaN, so that whoever reads it is caught.</summary>
internal sealed unsafe class SequenceFixture
{
    private readonly float[] memory;
    private readonly int offset;

    public SequenceFixture(int steps, int batch, int size, int offset, int seed)
    {
        Stride = Padding.RoundUp(size + offset);
        Batch = batch;
        Size = size;
        this.offset = offset;
        this.memory = GC.AllocateArray<float>(steps * batch * Stride, pinned: true);
        Array.Fill(this.memory, float.NaN);
        var random = new Random(seed);
        for (var t = 0; t < steps; t++)
        {
            for (var b = 0; b < batch; b++)
            {
                for (var i = 0; i < size; i++)
                    this.memory[(t * batch + b) * Stride + offset + i] = (float)(random.NextDouble() * 2 - 1);
            }
        }
    }

    public float[] Memory => memory;

    public int Stride { get; }

    public int Batch { get; }

    public int Size { get; }

    public SequenceRows Rows => new(
        (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(this.memory, this.offset), Batch * Stride, Stride);

    public float this[int step, int row, int i] => this.memory[(step * Batch + row) * Stride + this.offset + i];

    public void Scale(float factor)
    {
        for (var i = 0; i < this.memory.Length; i++)
            this.memory[i] *= factor;
    }

    public static float[] RandomArray(int count, int seed)
    {
        var random = new Random(seed);
        var values = GC.AllocateArray<float>(count, pinned: true);
        for (var i = 0; i < count; i++)
            values[i] = (float)(random.NextDouble() * 2 - 1);
        return values;
    }

    public static int[] RandomTokens(int count, int vocabulary, int seed)
    {
        var random = new Random(seed);
        var tokens = GC.AllocateArray<int>(count, pinned: true);
        for (var i = 0; i < count; i++)
            tokens[i] = random.Next(vocabulary);
        return tokens;
    }

    public static float[] Copy(float[] values)
    {
        var copy = GC.AllocateArray<float>(values.Length, pinned: true);
        values.CopyTo(copy, 0);
        return copy;
    }
}
