using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Tests.Kernels;

/// <summary>Gradients of a pooled sequence, written over those of an older one: of its steps alone, and of all of these.</summary>
public sealed unsafe class PoolingRowsTests
{
    private const int Steps = 5;
    private const int Batch = 3;
    private const int Row = 1;
    private const int Size = 18;

    private static readonly int Floats = Padding.RoundUp(Size);

    // More steps than the sequence has: what lies behind it is somebody else's.
    private readonly SequenceFixture x = new(Floats + 1, Batch, Size, offset: 0, seed: 1);
    private readonly SequenceFixture dX = new(Floats + 1, Batch, Size, offset: 0, seed: 2);
    private readonly float[] y = GC.AllocateArray<float>(Floats, pinned: true);
    private readonly float[] dY = SequenceFixture.RandomArray(Floats, seed: 3);

    [Fact]
    public void The_gradient_of_a_maximum_is_that_of_the_first_of_its_steps()
    {
        // Some maxima are reached twice.
        for (var i = 0; i < Size; i += 4)
            x.Memory[((Batch + Row) * x.Stride) + i] = x.Memory[(((3 * Batch) + Row) * x.Stride) + i] = 2;
        fixed (float* to = y)
            PoolingRows.Max(x.Rows, Row, Steps, Floats, to);
        for (var i = 0; i < Size; i++)
            Assert.Equal(Enumerable.Range(0, Steps).Max(t => x[t, Row, i]), y[i]);
        Check(
            (at, from) => PoolingRows.MaxGradient(x.Rows, (float*)at, (float*)from, dX.Rows, Row, Steps, Floats),
            (t, i) => t == Enumerable.Range(0, Steps).First(s => x[s, Row, i] == y[i]) ? dY[i] : 0);
    }

    [Fact]
    public void The_gradient_of_a_mean_is_the_same_part_for_each_step() => Check(
        (_, from) => PoolingRows.MeanGradient((float*)from, dX.Rows, Row, Steps, Floats), (_, i) => dY[i] * (1f / Steps));

    [Fact]
    public void The_gradient_of_the_last_step_is_that_of_no_other() => Check(
        (_, from) => PoolingRows.LastGradient((float*)from, dX.Rows, Row, Steps, Floats), (t, i) => t == Steps - 1 ? dY[i] : 0);

    private void Check(Action<nint, nint> run, Func<int, int, float> expected)
    {
        var before = SequenceFixture.Copy(dX.Memory);
        fixed (float* pooled = y, gradient = dY)
            run((nint)pooled, (nint)gradient);
        for (var t = 0; t <= Floats; t++)
        {
            for (var b = 0; b < Batch; b++)
            {
                for (var i = 0; i < Size; i++)
                    Assert.Equal(b == Row && t < Steps ? expected(t, i) : before[(((t * Batch) + b) * dX.Stride) + i], dX[t, b, i]);
            }
        }
    }
}
