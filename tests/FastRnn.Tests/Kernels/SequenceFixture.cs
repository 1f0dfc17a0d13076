using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Tests.Kernels;

/// <summary>Random rows <c>[T, B, D]</c> in padded memory whose padding is NaN, so that whoever reads it is caught.</summary>
internal sealed unsafe class SequenceFixture
{
    private readonly float[] _memory;
    private readonly int _offset;

    public SequenceFixture(int steps, int batch, int size, int offset, int seed)
    {
        Stride = Padding.RoundUp(size + offset);
        Batch = batch;
        Size = size;
        _offset = offset;
        _memory = GC.AllocateArray<float>(steps * batch * Stride, pinned: true);
        Array.Fill(_memory, float.NaN);
        var random = new Random(seed);
        for (var t = 0; t < steps; t++)
        {
            for (var b = 0; b < batch; b++)
            {
                for (var i = 0; i < size; i++)
                    _memory[(t * batch + b) * Stride + offset + i] = (float)(random.NextDouble() * 2 - 1);
            }
        }
    }

    public float[] Memory => _memory;

    public int Stride { get; }

    public int Batch { get; }

    public int Size { get; }

    public SequenceRows Rows => new((float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_memory, _offset), Batch * Stride, Stride);

    public float this[int step, int row, int i] => _memory[(step * Batch + row) * Stride + _offset + i];

    public void Scale(float factor)
    {
        for (var i = 0; i < _memory.Length; i++)
            _memory[i] *= factor;
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
