using FastRnn.Kernels;

namespace FastRnn.Tests.Kernels;

public sealed unsafe class TranspositionTests
{
    [Fact]
    public void Rows_become_columns()
    {
        const int FromStride = 11, ToStride = 13;
        var from = stackalloc float[8 * FromStride];
        var to = stackalloc float[8 * ToStride];
        for (var i = 0; i < 8 * FromStride; i++)
            from[i] = i;
        new Span<float>(to, 8 * ToStride).Fill(-1);

        Transposition.Copy(from, FromStride, to, ToStride);

        for (var r = 0; r < 8; r++)
        {
            for (var c = 0; c < ToStride; c++)
                Assert.Equal(c < 8 ? from[c * FromStride + r] : -1, to[r * ToStride + c]);
        }
    }
}
