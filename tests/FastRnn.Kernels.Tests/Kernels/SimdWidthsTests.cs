namespace FastRnn.Tests.Kernels;

public sealed class SimdWidthsTests
{
    [Fact]
    public void Auto_is_the_widest_of_the_cpu() =>
        Assert.Equal(SimdWidths.Available[^1], SimdWidths.Resolve(SimdWidth.Auto, null));

    [Fact]
    public void The_variable_chooses_a_width() =>
        Assert.Equal(SimdWidth.Bits128, SimdWidths.Resolve(SimdWidth.Auto, "128"));

    [Fact]
    public void A_width_asked_for_by_name_beats_the_variable() =>
        Assert.Equal(SimdWidth.Bits256, SimdWidths.Resolve(SimdWidth.Bits256, "128"));

    [Theory]
    [InlineData("64")]
    [InlineData("wide")]
    [InlineData("0")]
    [InlineData(" 128")]
    public void A_variable_that_names_no_width_says_what_the_cpu_offers(string value)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => SimdWidths.Resolve(SimdWidth.Auto, value));
        Assert.Contains("FASTRNN_SIMD", exception.Message, StringComparison.Ordinal);
        Assert.Contains("128", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Only a program that was compiled ahead of time leaves some out.</summary>
    [Fact]
    public void With_a_JIT_there_are_kernels_of_every_width()
    {
        Assert.True(SimdWidths.Has256);
        Assert.True(SimdWidths.Has512);
        Assert.Equal(SimdWidth.Bits512, SimdWidths.Resolve(SimdWidth.Bits512));
    }

    [Fact]
    public void An_undefined_width_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SimdWidths.Resolve((SimdWidth)64));

    [Fact]
    public void Lanes_are_floats_a_vector()
    {
        Assert.Equal(4, SimdWidths.Lanes(SimdWidth.Bits128));
        Assert.Equal(16, SimdWidths.Lanes(SimdWidth.Bits512));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimdWidths.Lanes(SimdWidth.Auto));
    }
}
