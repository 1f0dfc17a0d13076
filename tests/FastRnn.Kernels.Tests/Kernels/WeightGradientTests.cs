using FastRnn.Kernels;
using FastRnn.Threading;

namespace FastRnn.Tests.Kernels;

public sealed unsafe class WeightGradientTests
{
    public static TheoryData<int, int, int, int> Shapes => new()
    {
        // R, C, T, B
        { 1, 1, 1, 1 },
        { 1, 65, 3, 2 },
        { 7, 1, 2, 5 },
        { 8, 16, 7, 3 },
        { 8, 48, 100, 3 },
        { 9, 49, 33, 4 },
        { 17, 31, 129, 1 },
        { 65, 33, 1, 140 },
        { 64, 96, 64, 2 },
        { 3, 200, 40, 7 },
        { 1100, 5, 3, 2 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_width_and_split_gives_the_bits_of_one_chain_for_each_element(int rows, int columns, int steps, int batch)
    {
        var dPre = new SequenceFixture(steps, batch, rows, offset: 16, seed: 1);
        var x = new SequenceFixture(steps, batch, columns, offset: 0, seed: 2);
        var start = SequenceFixture.RandomArray(rows * columns, seed: 3);
        var expected = SequenceFixture.Copy(start);
        var startSums = SequenceFixture.RandomArray(rows, seed: 4);
        var expectedSums = SequenceFixture.Copy(startSums);
        for (var b = 0; b < batch; b++)
        {
            for (var t = 0; t < steps; t++)
            {
                for (var r = 0; r < rows; r++)
                {
                    expectedSums[r] += dPre[t, b, r];
                    for (var c = 0; c < columns; c++)
                        expected[r * columns + c] = MathF.FusedMultiplyAdd(dPre[t, b, r], x[t, b, c], expected[r * columns + c]);
                }
            }
        }

        foreach (var width in new[] { SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512 })
        {
            foreach (var workers in new[] { 1, 2, 3, 5 })
            {
                var gradient = SequenceFixture.Copy(start);
                var sums = SequenceFixture.Copy(startSums);
                Run(width, dPre, x, steps, batch, gradient, workers, sums);
                Assert.Equal(expected, gradient);
                Assert.Equal(expectedSums, sums);
            }
        }
    }

    /// <summary>-0 plus any product with 0 is +0: not even zeros are added to what belongs to somebody else.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Nothing_is_added_behind_the_gradient(int rows, int columns, int steps, int batch)
    {
        const int MoreRows = 16;
        var dPre = new SequenceFixture(steps, batch, rows, offset: 0, seed: 1);
        var x = new SequenceFixture(steps, batch, columns, offset: 0, seed: 2);
        foreach (var width in SimdWidths.Available)
        {
            var gradient = GC.AllocateArray<float>((rows + MoreRows) * columns, pinned: true);
            gradient.AsSpan(rows * columns).Fill(-0f);
            Run(width, dPre, x, steps, batch, gradient, workers: 1);
            Assert.All(gradient[(rows * columns)..], value => Assert.True(value == 0 && float.IsNegative(value), $"{width}: {value:r}"));
        }
    }

    [Fact]
    public void A_batch_gives_the_bits_of_its_sequences_one_after_the_other()
    {
        const int Steps = 50, Batch = 6, Rows = 20, Columns = 50;
        var dPre = new SequenceFixture(Steps, Batch, Rows, 0, 1);
        var x = new SequenceFixture(Steps, Batch, Columns, 0, 2);
        var together = GC.AllocateArray<float>(Rows * Columns, pinned: true);
        Run(SimdWidths.Available[^1], dPre, x, Steps, Batch, together, 1);

        var apart = GC.AllocateArray<float>(Rows * Columns, pinned: true);
        var scratch = GC.AllocateArray<float>(WeightGradient.ScratchFloats, pinned: true);
        for (var b = 0; b < Batch; b++)
        {
            fixed (float* gradient = apart, room = scratch)
            {
                var operand = new WeightOperand
                {
                    X = new SequenceRows(x.Rows.At(0, b), x.Rows.StepStride, x.Rows.RowStride),
                    Columns = Columns,
                    Gradient = gradient,
                };
                var call = new WeightGradientCall
                {
                    DPre = new SequenceRows(dPre.Rows.At(0, b), dPre.Rows.StepStride, dPre.Rows.RowStride),
                    Order = new SumOrder(Steps, 1),
                    Rows = Rows,
                    Operands = &operand,
                    OperandCount = 1,
                };
                WeightGradient.Run(SimdWidth.Bits128, call, 0, WeightGradient.TileCount(SimdWidth.Bits128, Rows, Columns), room);
            }
        }

        Assert.Equal(together, apart);
    }

    [Fact]
    public void Matrices_of_the_same_rows_give_together_what_they_give_alone()
    {
        const int Steps = 37, Batch = 5, Rows = 43;
        var dPre = new SequenceFixture(Steps, Batch, Rows, 0, 1);
        SequenceFixture[] vectors = [new(Steps, Batch, 70, 0, 2), new(Steps, Batch, 3, 0, 3), new(Steps, Batch, 48, 0, 4)];
        var operands = stackalloc WeightOperand[vectors.Length];
        foreach (var width in new[] { SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512 })
        {
            var alone = vectors.Select(x => GC.AllocateArray<float>(Rows * x.Size, pinned: true)).ToArray();
            var together = vectors.Select(x => GC.AllocateArray<float>(Rows * x.Size, pinned: true)).ToArray();
            var tiles = 0;
            for (var i = 0; i < vectors.Length; i++)
            {
                Run(width, dPre, vectors[i], Steps, Batch, alone[i], 1);
                var gradient = (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(together[i], 0);
                operands[i] = new WeightOperand { X = vectors[i].Rows, Columns = vectors[i].Size, Gradient = gradient };
                tiles += WeightGradient.TileCount(width, Rows, vectors[i].Size);
            }

            var call = new WeightGradientCall
            {
                DPre = dPre.Rows,
                Order = new SumOrder(Steps, Batch),
                Rows = Rows,
                Operands = operands,
                OperandCount = vectors.Length,
            };
            fixed (float* room = GC.AllocateArray<float>(WeightGradient.ScratchFloats, pinned: true))
            {
                for (var worker = 0; worker < 3; worker++)
                {
                    var (begin, end) = Partition.Range(tiles, worker, 3);
                    WeightGradient.Run(width, call, begin, end, room);
                }
            }

            Assert.Equal(alone, together);
        }
    }

    private static void Run(
        SimdWidth width, SequenceFixture dPre, SequenceFixture x, int steps, int batch, float[] gradient, int workers, float[]? sums = null)
    {
        var scratch = GC.AllocateArray<float>(WeightGradient.ScratchFloats, pinned: true);
        Array.Fill(scratch, float.NaN);
        fixed (float* g = gradient, room = scratch, s = sums)
        {
            var operand = new WeightOperand { X = x.Rows, Columns = x.Size, Gradient = g };
            var call = new WeightGradientCall
            {
                DPre = dPre.Rows,
                Order = new SumOrder(steps, batch),
                Rows = dPre.Size,
                Sums = s,
                Operands = &operand,
                OperandCount = 1,
            };
            var tiles = WeightGradient.TileCount(width, dPre.Size, x.Size);
            for (var worker = 0; worker < workers; worker++)
            {
                var (begin, end) = Partition.Range(tiles, worker, workers);
                WeightGradient.Run(width, call, begin, end, room);
            }
        }
    }
}
