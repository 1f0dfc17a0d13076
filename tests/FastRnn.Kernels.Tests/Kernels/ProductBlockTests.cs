using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Tests.Kernels;

/// <summary>Sums that are made in blocks of elements have the bits of those that go through all elements at once, for any number of rows
/// and any depth, with tokens, without a bias, without operands, and while the next panel is asked for.</summary>
public sealed unsafe class ProductBlockTests
{
    private const int Head = 3, First = 13, Second = 10, Vocabulary = 4, FirstRow = 1, MostRows = 25;

    [Fact]
    public void Blocks_of_128_bits_have_the_bits_of_one_walk() => EveryCount<Simd128, Vector128<float>>();

    [Fact]
    public void Blocks_of_256_bits_have_the_bits_of_one_walk() => EveryCount<Simd256, Vector256<float>>();

    [Fact]
    public void Blocks_of_512_bits_have_the_bits_of_one_walk() => EveryCount<Simd512, Vector512<float>>();

    [Fact]
    public void Thirty_two_rows_are_summed_at_once_if_there_is_room()
    {
        var operand = new TileOperand(null, 0, 0);
        var tile = new TileSums(&operand, 1, 0, false, null, 32, depth: 8);
        Assert.Equal(32, ProductTile<Simd256, Vector256<float>, Count4>.Rows(in tile, 1_000));
        Assert.Equal(17, ProductTile<Simd256, Vector256<float>, Count4>.Rows(in tile, 17));
        var wide = new TileSums(&operand, 1, 0, false, null, 80, depth: 8);
        Assert.Equal(25, ProductTile<Simd512, Vector512<float>, Count5>.Rows(in wide, 1_000));
    }

    private static void EveryCount<S, V>()
        where S : ISimd<V>
        where V : struct
    {
        Every<S, V, Count1>();
        Every<S, V, Count2>();
        Every<S, V, Count3>();
        Every<S, V, Count4>();
        Every<S, V, Count5>();
    }

    private static void Every<S, V, N>()
        where S : ISimd<V>
        where V : struct
        where N : unmanaged
    {
        foreach (var rows in (int[])[1, 2, 3, 7, MostRows])
        {
            foreach (var depth in (int[])[1, 4, 13, 99])
            {
                Same<S, V, N>(rows, depth, operands: 3, hasBias: true, parts: false);
                Same<S, V, N>(rows, depth, operands: 3, hasBias: false, parts: false);
                Same<S, V, N>(rows, depth, operands: 0, hasBias: false, parts: false);
                if (sizeof(N) > 1)
                    Same<S, V, N>(rows, depth, operands: 3, hasBias: true, parts: true);
            }
        }
    }

    private static void Same<S, V, N>(int rows, int depth, int operands, bool hasBias, bool parts)
        where S : ISimd<V>
        where V : struct
        where N : unmanaged
    {
        var (stride, units) = (sizeof(N) * S.Lanes, (parts ? sizeof(N) - 1 : sizeof(N)) * S.Lanes);
        var panel = (Head * S.Lanes) + ((Vocabulary + First + Second) * units);

        // Two panels: the second one is asked for.
        var weights = SequenceFixture.RandomArray(2 * panel, seed: 1);
        var (x, h) = (SequenceFixture.RandomArray((FirstRow + rows) * First, seed: 2), SequenceFixture.RandomArray(40 * 12, seed: 3));
        var tokens = Enumerable.Range(0, FirstRow + rows).Select(i => i % Vocabulary).ToArray();
        float[] expected = new float[rows * stride], blocks = new float[rows * stride];
        fixed (float* w = weights, px = x, ph = h, one = expected, other = blocks)
        fixed (int* pt = tokens)
        {
            var all = stackalloc TileOperand[]
            {
                new(null, 0, Vocabulary, pt), new(px, First, First), new(ph, 12, Second, skipsFirst: parts),
            };
            for (int row = 0, count; row < rows; row += count)
            {
                count = ProductTile<S, V, N>.Rows(rows - row);
                Sum<S, V, N>(new TileSums(all, operands, Head, hasBias, one + (row * stride), stride), w, row, count, parts);
            }

            Sum<S, V, N>(
                new TileSums(all, operands, Head, hasBias, other, stride, ahead: panel, firstRow: FirstRow, depth: depth),
                w, 0, rows, parts);
        }

        Assert.Equal(expected, blocks);
        Assert.Equal(operands == 0, Array.TrueForAll(expected, sum => sum == 0));
    }

    private static void Sum<S, V, N>(in TileSums tile, float* w, int row, int rows, bool parts)
        where S : ISimd<V>
        where V : struct
        where N : unmanaged
    {
        if (parts)
            ProductTile<S, V, N>.SumParts(in tile, w, FirstRow + row, rows);
        else
            ProductTile<S, V, N>.Sum(in tile, w, FirstRow + row, rows);
    }
}
