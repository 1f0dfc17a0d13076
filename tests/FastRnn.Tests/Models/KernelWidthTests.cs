using FastRnn.Parameters;
using FastRnn.Tests.Reference;

namespace FastRnn.Tests.Models;

/// <summary>A project may have kernels of some widths only.</summary>
public sealed class KernelWidthTests
{
    [Fact]
    public void Of_all_widths_the_widest_of_the_CPU_is_taken() =>
        Assert.Equal(SimdWidths.Available[^1],
            KernelWidth.Resolve(Of(SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512), SimdWidth.Auto, null));

    [Fact]
    public void The_widest_of_the_CPU_for_which_there_are_kernels_is_taken() =>
        Assert.Equal(SimdWidth.Bits128, KernelWidth.Resolve(Of(SimdWidth.Bits128), SimdWidth.Auto, null));

    [Theory]
    [InlineData(SimdWidth.Bits512)]
    [InlineData(SimdWidth.Bits256)]
    public void Where_the_CPU_has_none_of_them_it_is_the_narrowest(SimdWidth only)
    {
        Assert.Equal(only, KernelWidth.Resolve(Of(only), SimdWidth.Auto, null));
        Assert.Equal(only, KernelWidth.Resolve(Of(only), only, "128"));
    }

    [Fact]
    public void A_width_without_kernels_cannot_be_asked_for()
    {
        var exception = Assert.Throws<ArgumentException>(() => KernelWidth.Resolve(Of(SimdWidth.Bits256), SimdWidth.Bits128, null));
        Assert.Contains("FastRnnWidths", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_can_the_environment_ask_for_it()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => KernelWidth.Resolve(Of(SimdWidth.Bits512), SimdWidth.Auto, "128"));
        Assert.Contains("FastRnnWidths", exception.Message, StringComparison.Ordinal);
        Assert.Contains(SimdWidths.EnvironmentVariable, exception.Message, StringComparison.Ordinal);
    }

    private static ModelInfo Of(params SimdWidth[] widths) =>
        HandMadeModel.Of(InputKind.Vector, 3, [HandMadeModel.Dense(3, 2)]) with { Widths = widths };
}
