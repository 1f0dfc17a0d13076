using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Tests.Kernels;

/// <summary>The runtime's tiles against chains of single fused multiply-adds, bit for bit: every width, every number of vectors and
/// rows.</summary>
public sealed unsafe class ProductTileTests
{
    private const int Head = 7;
    private const int First = 5;
    private const int Second = 11;
    private const int Chains = 3;
    private const int Vocabulary = 4;
    private const int FirstRow = 2;
    private const int Padding = 3;

    [Fact]
    public void Sums_of_128_bits_are_chains_of_multiply_adds() => EveryCount<Simd128, Vector128<float>>();

    [Fact]
    public void Sums_of_256_bits_are_chains_of_multiply_adds() => EveryCount<Simd256, Vector256<float>>();

    [Fact]
    public void Sums_of_512_bits_are_chains_of_multiply_adds() => EveryCount<Simd512, Vector512<float>>();

    [Fact]
    public void Any_number_of_rows_is_cut_into_tiles_that_there_are()
    {
        int[] there = [1, 2, 3, 4, 5, 6, 8, 9, 11, 12];
        for (var left = 1; left < 200; left++)
        {
            Assert.Contains(ProductTile<Simd512, Vector512<float>, Count3>.Rows(left), there);
            Assert.InRange(ProductTile<Simd128, Vector128<float>, Count4>.Rows(left), 1, Math.Min(left, 3));
        }
    }

    /// <summary>Accumulators, one operand and the smaller of rows and vectors; twelve rows are enough for any.</summary>
    [Fact]
    public void The_largest_tile_is_the_largest_that_fits_the_registers()
    {
        int[] vectors = [1, 2, 3, 4, 5];
        Assert.Equal(vectors.Select(count => Largest(count, 32)), MostRows<Simd512, Vector512<float>>());
        Assert.Equal(vectors.Select(count => Largest(count, 16)), MostRows<Simd256, Vector256<float>>());
        Assert.Equal(MostRows<Simd256, Vector256<float>>(), MostRows<Simd128, Vector128<float>>());

        static int Largest(int count, int registers) =>
            Enumerable.Range(1, 12).Last(rows => (rows * count) + 1 + Math.Min(rows, count) <= registers);

        static int[] MostRows<S, V>()
            where S : ISimd<V>
            where V : struct =>
        [
            ProductTile<S, V, Count1>.MostRows, ProductTile<S, V, Count2>.MostRows, ProductTile<S, V, Count3>.MostRows,
            ProductTile<S, V, Count4>.MostRows, ProductTile<S, V, Count5>.MostRows,
        ];
    }

    private static void EveryCount<S, V>()
        where S : ISimd<V>
        where V : struct
    {
        EveryRow<S, V, Count1>();
        EveryRow<S, V, Count2>();
        EveryRow<S, V, Count3>();
        EveryRow<S, V, Count4>();
        EveryRow<S, V, Count5>();
    }

    private static void EveryRow<S, V, N>()
        where S : ISimd<V>
        where V : struct
        where N : unmanaged
    {
        for (var rows = 1; rows <= ProductTile<S, V, N>.MostRows; rows++)
        {
            if (ProductTile<S, V, N>.Rows(rows) == rows)
            {
                Plain<S, V, N>(rows, hasBias: true);
                Plain<S, V, N>(rows, hasBias: false);
                Pairs<S, V, N>(rows, length: 8);
                Pairs<S, V, N>(rows, length: 9);
                Parts<S, V, N>(rows);
            }
        }
    }

    private static void Plain<S, V, N>(int rows, bool hasBias)
        where S : ISimd<V>
        where V : struct
        where N : unmanaged
    {
        var units = sizeof(N) * S.Lanes;
        var weights = SequenceFixture.RandomArray((Head * S.Lanes) + ((First + Vocabulary + Second) * units), seed: 1);
        var (x, h) = (SequenceFixture.RandomArray(20 * 8, seed: 2), SequenceFixture.RandomArray(20 * 12, seed: 3));
        var tokens = Enumerable.Range(0, 20).Select(i => i % Vocabulary).ToArray();
        var sums = new float[rows * (units + Padding)];
        fixed (float* w = weights, px = x, ph = h, to = sums)
        fixed (int* pt = tokens)
        {
            var operands = stackalloc TileOperand[]
            {
                new(px, 8, First), new(null, 0, Vocabulary, pt), new(ph, 12, Second, chains: Chains),
            };
            var tile = new TileSums(operands, 3, Head, hasBias, to, units + Padding);
            ProductTile<S, V, N>.Sum(in tile, w, FirstRow, rows);
        }

        var panel = weights.AsSpan(Head * S.Lanes).ToArray();
        for (var m = 0; m < rows; m++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var row = FirstRow + m;
                float Chain(float sum, float[] values, int offset, int panelRow, int from, int to)
                {
                    for (var k = from; k < to; k++)
                    {
                        sum = MathF.FusedMultiplyAdd(values[offset + k], panel[((panelRow + k) * units) + unit], sum);
                    }

                    return sum;
                }

                var sum = Chain(hasBias ? weights[unit] : 0, x, row * 8, 0, 0, First);
                sum += panel[((First + tokens[row]) * units) + unit];
                sum = Chain(sum, h, row * 12, First + Vocabulary, 0, Second / Chains);
                for (var chain = 1; chain < Chains; chain++)
                {
                    var end = chain == Chains - 1 ? Second : (chain + 1) * (Second / Chains);
                    sum += Chain(0, h, row * 12, First + Vocabulary, chain * (Second / Chains), end);
                }

                Assert.Equal(sum, sums[(m * (units + Padding)) + unit]);
            }
        }

        // What stands between two rows of sums is somebody else's.
        for (var m = 0; m < rows; m++)
        {
            Assert.All(sums[((m * (units + Padding)) + units)..((m + 1) * (units + Padding))], left => Assert.Equal(0, left));
        }
    }

    /// <summary>Operands that multiply all accumulators but one.</summary>
    private static void Parts<S, V, N>(int rows)
        where S : ISimd<V>
        where V : struct
        where N : unmanaged
    {
        if (sizeof(N) == 1)
        {
            return;
        }

        var (units, part) = (sizeof(N) * S.Lanes, (sizeof(N) - 1) * S.Lanes);
        var weights = SequenceFixture.RandomArray((Head * S.Lanes) + ((First + Vocabulary + Second) * part), seed: 6);
        var (x, h) = (SequenceFixture.RandomArray(20 * 8, seed: 7), SequenceFixture.RandomArray(20 * 12, seed: 8));
        var tokens = Enumerable.Range(0, 20).Select(i => i % Vocabulary).ToArray();
        var sums = new float[rows * units];
        fixed (float* w = weights, px = x, ph = h, to = sums)
        fixed (int* pt = tokens)
        {
            var operands = stackalloc TileOperand[]
            {
                new(null, 0, Vocabulary, pt), new(px, 8, First), new(ph, 12, Second, chains: Chains, skipsFirst: true),
            };
            var tile = new TileSums(operands, 3, Head, true, to, units);
            ProductTile<S, V, N>.SumParts(in tile, w, FirstRow, rows);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            var (row, unit) = (FirstRow + (i / units), i % units);
            float Weight(int panelRow, int column) => weights[(Head * S.Lanes) + (panelRow * part) + column];
            var sum = weights[unit];
            if (unit < part)
            {
                sum += Weight(tokens[row], unit);
                for (var k = 0; k < First; k++)
                {
                    sum = MathF.FusedMultiplyAdd(x[(row * 8) + k], Weight(Vocabulary + k, unit), sum);
                }
            }

            for (var chain = 0; chain < Chains && unit >= S.Lanes; chain++)
            {
                var own = chain == 0 ? sum : 0;
                var end = chain == Chains - 1 ? Second : (chain + 1) * (Second / Chains);
                for (var k = chain * (Second / Chains); k < end; k++)
                {
                    own = MathF.FusedMultiplyAdd(h[(row * 12) + k], Weight(Vocabulary + First + k, unit - S.Lanes), own);
                }

                sum = chain == 0 ? own : sum + own;
            }

            Assert.Equal(sum, sums[i]);
        }
    }

    private static void Pairs<S, V, N>(int rows, int length)
        where S : ISimd<V>
        where V : struct
        where N : unmanaged
    {
        var units = sizeof(N) * S.Lanes;
        var weights = SequenceFixture.RandomArray((Head * S.Lanes) + (((length + 1) / 2) * units), seed: 4);
        var x = SequenceFixture.RandomArray(20 * 12, seed: 5);
        var sums = new float[rows * units];
        fixed (float* w = weights, px = x, to = sums)
        {
            var operand = new TileOperand(px, 12, length);
            var tile = new TileSums(&operand, 1, Head, true, to, units);
            ProductTile<S, V, N>.SumPairs(in tile, w, FirstRow, rows);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            var (row, unit) = (FirstRow + (i / units), i % units);
            var sum = weights[unit];
            for (var k = 0; k < length; k++)
            {
                var word = weights[(Head * S.Lanes) + (k / 2 * units) + unit];
                var weight = k % 2 > 0 ? word : BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(word) << 16);
                sum = MathF.FusedMultiplyAdd(x[(row * 12) + k], weight, sum);
            }

            Assert.Equal(sum, sums[i]);
        }
    }
}
