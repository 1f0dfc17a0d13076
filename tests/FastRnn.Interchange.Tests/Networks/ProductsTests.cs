using System.Buffers.Binary;

using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Networks;

/// <summary>Products with numbers as a file has them, against plain loops over the numbers.</summary>
public sealed class ProductsTests
{
    private const int Most = 600;

    public static TheoryData<string> Types => [.. Enum.GetNames<ElementType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_product_is_the_sum_over_the_elements(string type)
    {
        var tensor = Numbers(Enum.Parse<ElementType>(type));
        var x = new double[Most];
        for (var i = 0; i < Most; i++)
            x[i] = Math.Sin(i);
        foreach (var length in (int[])[.. Enumerable.Range(0, 70), 255, 256, 257, Most - 3])
        {
            double expected = 0, size = 0;
            for (var i = 0; i < length; i++)
                (expected, size) = (expected + (tensor[3 + i] * x[i]), size + Math.Abs(tensor[3 + i] * x[i]));

            // Sums in another order: the last bits alone may differ.
            var bound = 1e-13 * size;
            var row = Tensor.Of(tensor);
            Assert.Equal(expected, tensor.Dot(3, x.AsSpan(0, length)), bound);
            Assert.Equal(expected, row.Dot(3, x.AsSpan(0, length)), bound);
            Assert.Equal(Most, row.Values.Length);
            Assert.Equal(expected, row.Dot(3, x.AsSpan(0, length)), bound);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_multiple_is_added_to_each_sum(string type)
    {
        var tensor = Numbers(Enum.Parse<ElementType>(type));
        foreach (var length in (int[])[.. Enumerable.Range(0, 70), 255, 256, 257, Most - 3])
        {
            double[] expected = [.. Enumerable.Range(0, length).Select(i => i + (0.3 * tensor[3 + i]))];
            double[] sums = [.. Enumerable.Range(0, length).Select(i => (double)i)];
            tensor.AddMultiple(3, 0.3, sums);
            Assert.Equal(expected, sums);

            var row = Tensor.Of(tensor);
            _ = row.Values;
            sums = [.. Enumerable.Range(0, length).Select(i => (double)i)];
            row.AddMultiple(3, 0.3, sums);
            Assert.Equal(expected, sums);
        }
    }

    [Fact]
    public void Another_shape_shares_the_numbers()
    {
        var tensor = Tensor.Of(Numbers(ElementType.Float32));
        var other = tensor.Reshaped([2, Most / 2]);
        Assert.Same(tensor.Identity, other.Identity);
        Assert.Same(tensor.Values, other.Values);
        Assert.NotSame(tensor.Identity, Tensor.Of(Numbers(ElementType.Float32)).Identity);
        Assert.Throws<ArgumentException>(() => tensor.Reshaped([2, Most]));
    }

    private static FileTensor Numbers(ElementType type)
    {
        var bytes = new byte[Most * type.Size()];
        new Random(7).NextBytes(bytes);
        for (var i = 0; i < Most; i++)
        {
            var value = (float)Math.Cos(i);
            var at = bytes.AsSpan(i * type.Size());
            if (type == ElementType.Float32)
                BinaryPrimitives.WriteSingleLittleEndian(at, value);
            else if (type == ElementType.Float64)
                BinaryPrimitives.WriteDoubleLittleEndian(at, Math.Cos(i));
            else if (type == ElementType.Float16)
                BinaryPrimitives.WriteHalfLittleEndian(at, (Half)value);
            else if (type == ElementType.BFloat16)
                BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
        }

        return new FileTensor("numbers", type, [Most], bytes);
    }
}
