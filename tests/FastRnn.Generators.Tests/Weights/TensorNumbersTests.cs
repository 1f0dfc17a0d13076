using FastRnn.Generators.Weights;

namespace FastRnn.Generators.Tests.Weights;

public sealed class TensorNumbersTests
{
    [Fact]
    public void Every_half_is_the_float_that_the_framework_makes_of_it()
    {
        var bytes = Enumerable.Range(0, 65536).SelectMany(i => BitConverter.GetBytes((ushort)i)).ToArray();
        var numbers = TensorNumbers.Read(bytes, 0, "F16", 65536);
        for (var i = 0; i < numbers.Length; i++)
        {
            var expected = (float)BitConverter.UInt16BitsToHalf((ushort)i);
            Assert.True(float.IsNaN(expected)
                ? float.IsNaN(numbers[i]) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(numbers[i]), $"{i}");
        }
    }

    [Fact]
    public void Every_bfloat16_is_the_upper_half_of_a_float_and_comes_back()
    {
        var finite = Enumerable.Range(0, 65536).Select(i => (ushort)i).Where(i => (i & 0x7F80) != 0x7F80).ToArray();
        var numbers = TensorNumbers.Read([.. finite.SelectMany(BitConverter.GetBytes)], 0, "BF16", finite.Length);

        Assert.Equal(finite.Select(i => BitConverter.UInt32BitsToSingle((uint)i << 16)), numbers);
        Assert.Equal(finite, TensorNumbers.ToBFloat16(numbers));
    }

    [Fact]
    public void Doubles_are_rounded() =>
        Assert.Equal([0.1f, -3f], TensorNumbers.Read([0, .. BitConverter.GetBytes(0.1), .. BitConverter.GetBytes(-3.0)], 1, "F64", 2));

    [Theory]
    [InlineData(0x3F808000u, 0x3F80)]
    [InlineData(0x3F818000u, 0x3F82)]
    [InlineData(0x3F808001u, 0x3F81)]
    [InlineData(0xBF817FFFu, 0xBF81)]
    [InlineData(0x7F7FFFFFu, 0x7F7F)]
    [InlineData(0xFF7FFFFFu, 0xFF7F)]
    [InlineData(0x00008001u, 0x0001)]
    public void Rounding_is_to_the_nearest_and_ties_to_even(uint bits, int expected) =>
        Assert.Equal(expected, Assert.Single(TensorNumbers.ToBFloat16([BitConverter.UInt32BitsToSingle(bits)])));

    [Fact]
    public void Int8_times_its_scale_is_a_float_and_comes_back()
    {
        var random = new Random(4);
        for (var i = 0; i < 200; i++)
        {
            var size = Math.Pow(2, random.Next(-90, 90));
            float[] row = [.. Enumerable.Range(0, 1 + random.Next(40)).Select(_ => (float)(size * ((2 * random.NextDouble()) - 1)))];
            var scale = TensorNumbers.Int8Scale(row, 0, row.Length);
            var q = row.Select(w => TensorNumbers.ToInt8(w, scale)).ToArray();
            Assert.Contains(q, n => Math.Abs((int)n) == 127);
            Assert.All(q.Zip(row), pair => Assert.InRange(Math.Abs((pair.First * (double)scale) - pair.Second), 0, 0.5001 * scale));
            var back = q.Select(n => n * scale).ToArray();
            Assert.All(q.Zip(back), pair => Assert.Equal(pair.First * (double)scale, pair.Second));
            Assert.Equal(scale, TensorNumbers.Int8Scale(back, 0, back.Length));
            Assert.Equal(q, back.Select(w => TensorNumbers.ToInt8(w, scale)));
        }
    }

    [Fact]
    public void Numbers_that_count_as_zeros_have_no_scale()
    {
        float[] row = [(float)Math.Pow(2, -101), 0];
        Assert.Equal(0, TensorNumbers.Int8Scale(row, 0, 2));
        Assert.Equal(0, TensorNumbers.ToInt8(row[0], 0));
    }
}
