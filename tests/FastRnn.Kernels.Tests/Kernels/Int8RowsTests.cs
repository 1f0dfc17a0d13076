using FastRnn.CompilerServices;

namespace FastRnn.Tests.Kernels;

/// <summary>The rounding of vectors to int8, number by number.</summary>
public sealed unsafe class Int8RowsTests
{
    [Fact]
    public void Every_length_and_form_has_the_numbers_of_the_contract()
    {
        var random = new Random(3);
        for (var length = 1; length <= 70; length++)
        {
            foreach (var size in (float[])[1, 1e-20f, 3e38f, float.ScaleB(1, -101)])
            {
                Check([.. Enumerable.Range(0, length).Select(_ => size * ((2 * random.NextSingle()) - 1))]);
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_makes_all_sums_of_its_row_NaN(float value)
    {
        foreach (var place in (int[])[0, 5, 16, 36])
        {
            var x = Enumerable.Range(1, 37).Select(k => (float)k).ToArray();
            x[place] = value;
            Check(x);
        }
    }

    [Fact]
    public void Ties_go_to_even() => Check([127, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, 126.5f, -126.5f]);

    private static void Check(float[] x)
    {
        var (q, scale) = Int8Definition.Round(x);
        foreach (var form in Enum.GetValues<Int8Form>())
        {
            var plane = Int8Layout.PlaneBytes(x.Length);
            var (to, got) = (new byte[2 * plane], 0f);
            fixed (float* from = x)
            fixed (byte* bytes = to)
            {
                var missing = Int8Rows.Round(form, from, x.Length, bytes, &got);
                Assert.Equal(form == Int8Form.Magnitude ? -q.Where(n => n < 0).Sum(n => n) : 0, missing);
            }

            Assert.Equal(BitConverter.SingleToInt32Bits(scale), BitConverter.SingleToInt32Bits(got));
            for (var k = 0; k < Int8Layout.Words(x.Length) * Int8Layout.Group; k++)
            {
                int number = k < q.Length ? q[k] : 0;
                Assert.Equal(form == Int8Form.Magnitude ? Math.Abs(number) : form == Int8Form.Offset ? number + 128 : (byte)number, to[k]);
                Assert.Equal(form == Int8Form.Magnitude && number < 0 ? 255 : 0, to[plane + k]);
            }
        }
    }
}
