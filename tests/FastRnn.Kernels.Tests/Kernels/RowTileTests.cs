using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Tests.Kernels;

/// <summary>The runtime's tiles of a single row against chains of single fused multiply-adds, bit for bit: every width, every number of
/// vectors and tiles, floats and bfloat16 pairs, with the first operand and from its hoisted sums.</summary>
public sealed unsafe class RowTileTests
{
    private const int Head = 7;
    private const int Vocabulary = 4;
    private const int Token = 2;
    private const int MostVectors = 12;
    private const int MostTiles = 6;

    /// <summary>Lengths of the operands that are vectors: odd, even, and one of a single element, whose weights are never
    /// paired. The last one skips an accumulator.</summary>
    private static readonly int[][] AllLengths = [[9, 1, 6], [6, 1, 9]];

    [Fact]
    public void Sums_of_128_bits_are_chains_of_multiply_adds() => EveryCount<Simd128, Vector128<float>>();

    [Fact]
    public void Sums_of_256_bits_are_chains_of_multiply_adds() => EveryCount<Simd256, Vector256<float>>();

    [Fact]
    public void Sums_of_512_bits_are_chains_of_multiply_adds() => EveryCount<Simd512, Vector512<float>>();

    private static void EveryCount<S, V>()
        where S : ISimd<V>
        where V : struct
    {
        EveryTile<S, V, Count1>();
        EveryTile<S, V, Count2>();
        EveryTile<S, V, Count3>();
        EveryTile<S, V, Count4>();
        EveryTile<S, V, Count5>();
    }

    private static void EveryTile<S, V, N>()
        where S : ISimd<V>
        where V : struct
        where N : unmanaged
    {
        for (var tiles = 1; tiles <= Math.Min(MostTiles, MostVectors / sizeof(N)); tiles++)
        {
            for (var kind = 0; kind < 16; kind++)
            {
                var (parts, bfloat16, hoisted, hasBias) = ((kind & 1) > 0, (kind & 2) > 0, (kind & 4) > 0, (kind & 8) > 0);
                if (!parts || sizeof(N) > 1)
                {
                    foreach (var lengths in AllLengths)
                        Check<S, V, N>(lengths, tiles, parts, bfloat16, hoisted, hasBias);
                }
            }
        }
    }

    /// <summary>Three vectors and a token, the second of them skipping the first accumulator where one is skipped at all.</summary>
    private static void Check<S, V, N>(int[] lengths, int tiles, bool parts, bool bfloat16, bool hoisted, bool hasBias)
        where S : ISimd<V>
        where V : struct
        where N : unmanaged
    {
        const int FirstTile = 1;
        var part = sizeof(N) - (parts ? 1 : 0);
        var (units, floats) = (sizeof(N) * S.Lanes, part * S.Lanes);
        int Words(int length) => bfloat16 && length > 1 ? (length + 1) / 2 : length;
        var panel = (Head * S.Lanes) + ((lengths.Sum(Words) + Vocabulary) * floats);
        var weights = SequenceFixture.RandomArray((FirstTile + tiles) * panel, seed: 1);
        var values = lengths.Select((length, i) => SequenceFixture.RandomArray(length, seed: 2 + i)).ToArray();
        var ahead = SequenceFixture.RandomArray((FirstTile + tiles) * floats, seed: 9);
        var sums = new float[(tiles * units) + 3];
        var tokens = new[] { Token };
        fixed (float* w = weights, x = values[0], h = values[1], z = values[2], to = sums, made = ahead)
        fixed (int* token = tokens)
        {
            var operands = stackalloc TileOperand[]
            {
                new(x, 0, lengths[0]), new(null, 0, Vocabulary, token), new(h, 0, lengths[1]), new(z, 0, lengths[2], skipsFirst: parts),
            };
            var row = new RowSums(operands, 4, w, panel, Head, hasBias, to, bfloat16, hoisted ? made : null);
            if (parts)
            {
                RowTile<S, V, N>.SumParts(in row, FirstTile, tiles);
            }
            else
            {
                RowTile<S, V, N>.Sum(in row, FirstTile, tiles);
            }
        }

        for (var i = 0; i < tiles * units; i++)
        {
            var (tile, unit) = (FirstTile + (i / units), i % units);
            var at = (tile * panel) + (Head * S.Lanes);
            var sum = hasBias ? weights[(tile * panel) + unit] : 0;
            for (var operand = 0; operand < 3; operand++)
            {
                var skipsFirst = parts && operand == 2;
                var column = skipsFirst ? unit - S.Lanes : unit;
                var isMultiplied = column >= 0 && column < floats;
                if (operand == 0 && hoisted)
                {
                    sum = isMultiplied ? ahead[(tile * floats) + unit] : sum;
                }
                else if (isMultiplied)
                {
                    for (var k = 0; k < lengths[operand]; k++)
                    {
                        sum = MathF.FusedMultiplyAdd(values[operand][k], Weight(at, column, k, lengths[operand]), sum);
                    }
                }

                at += Words(lengths[operand]) * floats;
                if (operand == 0)
                {
                    sum += unit < floats ? weights[at + (Token * floats) + unit] : 0;
                    at += Vocabulary * floats;
                }
            }

            Assert.Equal(sum, sums[i]);
        }

        Assert.Equal([0, 0, 0], sums[^3..]);

        float Weight(int at, int column, int k, int length)
        {
            var isPaired = bfloat16 && length > 1;
            var word = weights[at + ((isPaired ? k / 2 : k) * floats) + column];
            return isPaired && k % 2 == 0 ? BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(word) << 16) : word;
        }
    }
}
