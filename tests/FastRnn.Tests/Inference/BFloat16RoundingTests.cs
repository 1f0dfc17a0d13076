using FastRnn.Parameters;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Inference;

/// <summary>Each weight is off by at most 2^-8 of itself.</summary>
public sealed class BFloat16RoundingTests
{
    private const double Bound = 1.0 / 256;

    [Fact]
    public void The_nearest_bfloat16_has_eight_bits_and_no_neighbour_is_nearer()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var value = AnyNumber(random);
            var got = BFloat16Weights.Nearest(value);
            var bits = BitConverter.SingleToUInt32Bits(got);
            Assert.Equal(0u, bits & 0xFFFF);
            Assert.True(Error(got, value) <= Bound * Math.Abs(value), $"{value:r} became {got:r}");
            foreach (var neighbour in (uint[])[bits - 0x10000, bits + 0x10000])
                Assert.True(Error(got, value) <= Error(BitConverter.UInt32BitsToSingle(neighbour), value), $"{value:r} became {got:r}");
        }
    }

    [Theory]
    [InlineData(0x3F808000u, 0x3F800000u)]
    [InlineData(0x3F818000u, 0x3F820000u)]
    [InlineData(0xBF818000u, 0xBF820000u)]
    [InlineData(0x7F7FFFFFu, 0x7F7F0000u)] // the next one is infinite
    [InlineData(0x80000000u, 0x80000000u)]
    public void Ties_go_to_the_even_one_and_what_is_finite_remains_it(uint value, uint expected) =>
        Assert.Equal(expected, BitConverter.SingleToUInt32Bits(BFloat16Weights.Nearest(BitConverter.UInt32BitsToSingle(value))));

    [Fact]
    public void The_second_of_a_pair_carries_the_first_one_and_is_as_near()
    {
        var random = new Random(2);
        for (var i = 0; i < 100_000; i++)
        {
            var (value, lower) = (AnyNumber(random), BFloat16Weights.Nearest(AnyNumber(random)));
            var got = BFloat16Weights.NearestAbove(value, lower);
            Assert.Equal(BitConverter.SingleToUInt32Bits(lower) >> 16, BitConverter.SingleToUInt32Bits(got) & 0xFFFF);
            Assert.True(Error(got, value) <= Bound * Math.Abs(value), $"{value:r} above {lower:r} became {got:r}");
            var bits = BitConverter.SingleToUInt32Bits(got);
            foreach (var neighbour in (uint[])[bits - 0x10000, bits + 0x10000])
            {
                var other = BitConverter.UInt32BitsToSingle(neighbour);
                Assert.True(
                    !float.IsNormal(other) || Error(got, value) <= Error(other, value),
                    $"{value:r} above {lower:r} became {got:r}, not {other:r}");
            }
        }
    }

    [Fact]
    public void Nothing_becomes_denormal_or_infinite_by_its_pair()
    {
        foreach (var value in (float[])[0, -0f, float.Epsilon, -1e-39f, 1.2e-38f, float.MaxValue, float.MinValue])
        {
            foreach (var lower in (float[])[1, -1, 1e-30f, 3e38f])
            {
                var got = BFloat16Weights.NearestAbove(value, BFloat16Weights.Nearest(lower));
                Assert.True(float.IsNormal(got), $"{value:r} above {lower:r} became {got:r}");
                Assert.True(Error(got, value) <= Math.Max(2 * Bound * Math.Abs(value), Math.ScaleB(1, -125)),
                    $"{value:r} above {lower:r} became {got:r}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_session_multiplies_by_weights_within_the_bound(int batch)
    {
        var model = new DenseAlone(seed: 1);
        var (inputs, outputs) = (DenseAlone.Info.InputSize, DenseAlone.Info.OutputSize);
        var matrix = Assert.Single(DenseAlone.Info.Layers[0].Parameters, p => !p.IsVector);
        var random = new Random(3);
        using (var edit = model.Edit())
        {
            edit.Parameters.Clear();
            foreach (ref var weight in edit.Parameter(0, matrix.Name))
                weight = Experiment.Numbers(random, 1, MathF.ScaleB(1, random.Next(-20, 20)))[0];
        }

        using var session = model.CreateSession(new() { BatchSize = batch, Weights = WeightFormat.BFloat16 });
        var y = new float[batch * outputs];
        var rounded = 0;
        for (var k = 0; k < inputs; k++)
        {
            var x = new float[batch * inputs];
            x[(batch - 1) * inputs + k] = 1;
            session.Step(x, y);
            for (var u = 0; u < outputs; u++)
            {
                var (weight, got) = (model.Parameters[DenseAlone.Info.Layers[0].ParameterOffset + matrix.Offset + u * inputs + k],
                    y[(batch - 1) * outputs + u]);
                Assert.True(Error(got, weight) <= Bound * Math.Abs(weight), $"weight {u}, {k}: {weight:r} became {got:r}");
                rounded += got == weight ? 0 : 1;
            }
        }

        Assert.True(rounded > matrix.Count / 2, $"{rounded} of {matrix.Count} weights are rounded");
    }

    /// <summary>Of any magnitude at which a bfloat16 has all its bits.</summary>
    private static float AnyNumber(Random random) =>
        MathF.ScaleB((1 + random.NextSingle()) * (random.Next(2) == 0 ? 1 : -1), random.Next(-124, 126));

    private static double Error(float got, float value) => Math.Abs((double)got - value);
}
