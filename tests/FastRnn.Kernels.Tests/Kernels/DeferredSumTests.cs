using FastRnn.Kernels;

namespace FastRnn.Tests.Kernels;

public sealed unsafe class DeferredSumTests
{
    private const int Steps = 37;
    private const int Batch = 3;

    public static TheoryData<int, int> SizesAndWidths
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (var size in new[] { 1, 3, 4, 15, 16, 17, 65, 100, 300 })
            {
                foreach (var width in new[] { 128, 256, 512 })
                    data.Add(size, width);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(SizesAndWidths))]
    public void A_column_sum_is_one_chain_for_each_column(int size, int width)
    {
        var dPre = new SequenceFixture(Steps, Batch, size, offset: 16, seed: 1);
        var start = SequenceFixture.RandomArray(size, 2);
        var expected = SequenceFixture.Copy(start);
        foreach (var (t, b) in Positions())
        {
            for (var r = 0; r < size; r++)
                expected[r] += dPre[t, b, r];
        }

        fixed (float* gradient = start)
        {
            ColumnSum.Run((SimdWidth)width, dPre.Rows, new SumOrder(Steps, Batch), gradient, 0, size / 3);
            ColumnSum.Run((SimdWidth)width, dPre.Rows, new SumOrder(Steps, Batch), gradient, size / 3, size);
        }

        Assert.Equal(expected, start);
    }

    [Theory]
    [MemberData(nameof(SizesAndWidths))]
    public void A_one_hot_gradient_is_the_product_with_one_hot_rows(int size, int width)
    {
        const int Vocabulary = 11;
        var dPre = new SequenceFixture(Steps, Batch, size, offset: 16, seed: 1);
        var tokens = SequenceFixture.RandomTokens(Steps * Batch, Vocabulary, 3);
        var start = SequenceFixture.RandomArray(size * Vocabulary, 2);
        var expected = SequenceFixture.Copy(start);
        foreach (var (t, b) in Positions())
        {
            for (var r = 0; r < size; r++)
                expected[r * Vocabulary + tokens[t * Batch + b]] += dPre[t, b, r];
        }

        foreach (var room in new[] { 0, 16 * Vocabulary, 10_000 })
        {
            var actual = SequenceFixture.Copy(start);
            var scratch = GC.AllocateArray<float>(room + 1, pinned: true);
            fixed (float* gradient = actual, s = scratch)
            fixed (int* k = tokens)
            {
                OneHotGradient.Run(
                    (SimdWidth)width, dPre.Rows, k, Batch, new SumOrder(Steps, Batch), gradient, Vocabulary, 0, size / 2, s, room);
                OneHotGradient.Run(
                    (SimdWidth)width, dPre.Rows, k, Batch, new SumOrder(Steps, Batch), gradient, Vocabulary, size / 2, size, s, room);
            }

            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(SizesAndWidths))]
    public void An_embedding_adds_gradients_to_its_rows(int size, int width)
    {
        const int Vocabulary = 7;
        var tokens = SequenceFixture.RandomTokens(Steps * Batch, Vocabulary, 3);
        var dX = new SequenceFixture(Steps, Batch, size, 0, 6);
        var gradient = SequenceFixture.RandomArray(size * Vocabulary, 7);
        var expected = SequenceFixture.Copy(gradient);
        fixed (float* g = gradient)
        fixed (int* k = tokens)
        {
            EmbeddingRows.Scatter((SimdWidth)width, g, size, k, Batch, new SumOrder(Steps, Batch), dX.Rows, 0, size / 2);
            EmbeddingRows.Scatter((SimdWidth)width, g, size, k, Batch, new SumOrder(Steps, Batch), dX.Rows, size / 2, size);
        }

        foreach (var (t, b) in Positions())
        {
            for (var i = 0; i < size; i++)
            {
                expected[tokens[t * Batch + b] * size + i] += dX[t, b, i];
            }
        }

        Assert.Equal(expected, gradient);
    }

    private static IEnumerable<(int Step, int Row)> Positions() =>
        from b in Enumerable.Range(0, Batch) from t in Enumerable.Range(0, Steps) select (t, b);
}
