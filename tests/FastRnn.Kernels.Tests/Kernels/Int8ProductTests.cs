using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

using FastRnn.CompilerServices;

using Dp = System.Runtime.Intrinsics.Arm.Dp;
using Neon = System.Runtime.Intrinsics.Arm.AdvSimd.Arm64;

namespace FastRnn.Tests.Kernels;

/// <summary>Sums of int8 products against loops over the contract's words: by every kind of instruction that the CPU has, and by the
/// arithmetic of those that it has not.</summary>
public sealed unsafe class Int8ProductTests
{
    private const int Head = 3;
    private const int Vocabulary = 5;
    private const int Rows = 70;

    /// <summary>What the operands multiply: some of the accumulators, not all of them neighbours, and not the last one.</summary>
    private static readonly ulong[] Accumulators = [0b11011, 0b11111, 0b10101, 0b00010];

    private static readonly sbyte[] Biases = [0, -1, 2, 1, 2, 1];

    /// <summary>Lengths of operands; the third one is a token.</summary>
    private static readonly int[] Lengths = [70, 1, Vocabulary, 131];

    [ThreadStatic]
    private static float[]? finished;

    [ThreadStatic]
    private static int keptWidth;

    [Fact]
    public void The_portable_sums_are_those_of_the_contract() => Check<Simd128, Vector128<float>, Int8DotPortable>(units: 9, blocks: 2);

    [Fact]
    public void Sums_with_an_offset_are_those_of_the_contract() => Check<Simd256, Vector256<float>, OffsetDot>(units: 37, blocks: 2);

    [Fact]
    public void Sums_of_512_bits_are_those_of_the_contract()
    {
        if (Avx512BW.IsSupported)
            Check<Simd512, Vector512<float>, Int8Dot512>(units: 37, blocks: 1);
    }

    [Fact]
    public void Sums_of_256_bits_are_those_of_the_contract()
    {
        if (Avx2.IsSupported)
            Check<Simd256, Vector256<float>, Int8Dot256>(units: 37, blocks: 2);
        if (AvxVnni.IsSupported)
            Check<Simd256, Vector256<float>, Int8DotVnni>(units: 37, blocks: 2);
    }

    [Fact]
    public void Sums_of_128_bits_are_those_of_the_contract()
    {
        if (Ssse3.IsSupported)
            Check<Simd128, Vector128<float>, Int8Dot128>(units: 9, blocks: 2);
        if (Dp.IsSupported)
            Check<Simd128, Vector128<float>, Int8DotArm>(units: 9, blocks: 2);
        if (Neon.IsSupported)
            Check<Simd128, Vector128<float>, Int8DotNeon>(units: 9, blocks: 2);
    }

    private static void Check<S, V, P>(int units, int blocks)
        where S : ISimd<V>
        where V : struct
        where P : IInt8Dot<V>
    {
        foreach (var rows in (int[])[1, 2, 3, 4, 5, 6, 7, 13, Rows])
        {
            // The largest magnitudes of one sign as well: nothing may saturate.
            Check<S, V, P>(units, blocks, rows, random => (2 * random.NextSingle()) - 1);
            Check<S, V, P>(units, blocks, rows, _ => -0.3f);
            Check<S, V, P>(units, blocks, rows, random => random.Next(2) == 0 ? 1.5f : -1.5f);
        }
    }

    private static void Check<S, V, P>(int units, int blocks, int rows, Func<Random, float> number)
        where S : ISimd<V>
        where V : struct
        where P : IInt8Dot<V>
    {
        var random = new Random(rows);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => number(random))];
        var weights = Lengths.Select((length, o) => Numbers(BitOperations.PopCount(Accumulators[o]) * units * length)).ToArray();
        var x = Lengths.Select(length => Numbers(rows * length)).ToArray();
        Disturb(x[0], Lengths[0], rows);
        var tokens = Enumerable.Range(0, rows).Select(_ => random.Next(Vocabulary)).ToArray();
        var head = Numbers(Head * units);

        var tileUnits = S.Lanes * blocks;
        var tiles = (units + tileUnits - 1) / tileUnits;
        var panels = Enumerable.Range(0, tiles).SelectMany(tile => Panel(tile, tileUnits, units, head, weights)).ToArray();
        var scratch = new float[LayerCall.ScratchFloats];
        var room = new byte[Lengths.Sum(Int8Layout.BlockBytes)];
        keptWidth = Biases.Length * tileUnits;
        finished = new float[rows * Biases.Length * tiles * tileUnits];
        fixed (float* w = panels, to = scratch, x0 = x[0], x1 = x[1], x3 = x[3])
        fixed (byte* bytes = room)
        fixed (int* token = tokens)
        {
            var operands = stackalloc Int8Operand[]
            {
                new(x0, Lengths[0], Lengths[0], Accumulators[0]), new(x1, Lengths[1], Lengths[1], Accumulators[1]),
                new(null, 0, Vocabulary, Accumulators[2], token), new(x3, Lengths[3], Lengths[3], Accumulators[3]),
            };
            var call = new LayerCall { Steps = 1, Batch = rows, RowEnd = rows, Scratch = to, Int8Room = bytes, Position = rows };
            var kernel = new Int8Kernel(S.Lanes, units, blocks, Head, Biases);
            var end = Int8Walk<S, V, P>.Run(in call, 0, in kernel, operands, 4, w, new Int8Equations(&Keep, null));
            Assert.Equal(panels.Length, end - w);
        }

        for (var row = 0; row < rows; row++)
        {
            var expected = Enumerable.Range(0, Biases.Length).SelectMany(
                a => Enumerable.Range(0, units).Select(u => Sum(a, u, row, units, head, weights, x, tokens))).ToArray();
            var got = Enumerable.Range(0, Biases.Length).SelectMany(a => Enumerable.Range(0, units).Select(
                u => finished[(((u / tileUnits * rows) + row) * Biases.Length + a) * tileUnits + (u % tileUnits)])).ToArray();
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), got.Select(BitConverter.SingleToInt32Bits));
        }
    }

    /// <summary>Rows of zeros, of numbers that count as zeros, and of numbers with a tie.</summary>
    private static void Disturb(float[] x, int length, int rows)
    {
        if (rows < 4)
            return;
        x.AsSpan(0, length).Clear();
        x.AsSpan(length, length).Fill(float.ScaleB(0.99f, -100));
        x.AsSpan(2 * length, 4).Clear();
        x[2 * length] = 127;
        (x[(2 * length) + 1], x[(2 * length) + 2]) = (2.5f, -3.5f);
    }

    /// <summary>An accumulator of a unit as the contract says it.</summary>
    private static float Sum(
        int accumulator, int unit, int row, int units, float[] head, float[][] weights, float[][] x, int[] tokens)
    {
        var sum = Biases[accumulator] < 0 ? 0 : head[(Biases[accumulator] * units) + unit];
        for (var o = 0; o < Lengths.Length; o++)
        {
            if (((Accumulators[o] >> accumulator) & 1) == 0)
                continue;
            var term = BitOperations.PopCount(Accumulators[o] & ((1UL << accumulator) - 1));
            var w = weights[o].AsSpan(((term * units) + unit) * Lengths[o], Lengths[o]);
            sum = o == 2 ? w[tokens[row]] + sum : Int8Definition.Add(sum, w, x[o].AsSpan(row * Lengths[o], Lengths[o]));
        }

        return sum;
    }

    private static float[] Panel(int tile, int tileUnits, int units, float[] head, float[][] weights)
    {
        var rows = new List<Func<int, float>>();
        for (var v = 0; v < Head; v++)
        {
            var vector = v;
            rows.Add(u => head[(vector * units) + u]);
        }

        for (var o = 0; o < Lengths.Length; o++)
        {
            var (length, own, terms) = (Lengths[o], weights[o], BitOperations.PopCount(Accumulators[o]));
            float[] Row(int a, int u) => own[(((a * units) + u) * length)..(((a * units) + u + 1) * length)];
            for (var k = 0; o == 2 && k < length; k++)
            {
                for (var a = 0; a < terms; a++)
                {
                    var (element, accumulator) = (k, a);
                    rows.Add(u => Row(accumulator, u)[element]);
                }
            }

            for (var part = -2; o != 2 && part < (length + 3) / 4; part++)
            {
                for (var a = 0; a < terms; a++)
                {
                    var (p, accumulator) = (part, a);
                    rows.Add(u => Word(Row(accumulator, u), p));
                }
            }
        }

        var first = tile * tileUnits;
        return [.. rows.SelectMany(row => Enumerable.Range(first, tileUnits).Select(u => u < units ? row(u) : 0))];
    }

    /// <summary>The scale of a row (-2), 128 times its sum (-1), or four of its weights.</summary>
    private static float Word(float[] row, int part)
    {
        var (q, scale) = Int8Definition.RoundRow(row);
        return part == -2 ? scale
            : part == -1 ? BitConverter.Int32BitsToSingle(128 * q.Sum(w => w))
            : BitConverter.ToSingle([.. Enumerable.Range(4 * part, 4).Select(k => k < q.Length ? (byte)q[k] : (byte)0)]);
    }

    /// <summary>Keeps sums tile by tile, row by row.</summary>
    private static void Keep(in LayerCall call, int t, int firstRow, int rows, int firstUnit)
    {
        var width = keptWidth;
        new ReadOnlySpan<float>(call.Scratch, rows * width)
            .CopyTo(finished.AsSpan((firstUnit * Biases.Length * call.Batch) + (firstRow * width)));
    }

    /// <summary>The arithmetic of unsigned by signed products, whose sums may wrap around.</summary>
    private readonly struct OffsetDot : IInt8Dot<Vector256<float>>
    {
        public static Int8Form Form => Int8Form.Offset;

        public static int MostRows(int vectors) => 3;

        public static Vector256<float> Dot(Vector256<float> sum, Vector256<float> x, Vector256<float> sign, Vector256<float> w)
        {
            var sums = sum.AsInt32();
            for (var k = 0; k < Vector256<byte>.Count; k++)
                sums = sums.WithElement(k / 4, unchecked(sums[k / 4] + (x.AsByte()[k] * w.AsSByte()[k])));
            return sums.AsSingle();
        }

        public static Vector256<float> ToSingle(Vector256<float> sum) => Vector256.ConvertToSingle(sum.AsInt32());
    }
}
