using FastRnn.Tests.Models;

namespace FastRnn.Tests.Inference;

/// <summary>Sessions with bfloat16 weights.</summary>
public sealed class BFloat16SessionTests() : RoundedSessionTests(WeightFormat.BFloat16, "bfloat16", tolerance: 0.02)
{
    [Fact]
    public void A_format_that_does_not_exist_is_refused_with_those_that_do()
    {
        var model = new LossOnTheCell(seed: 1);
        foreach (var format in (WeightFormat[])[(WeightFormat)3, (WeightFormat)(-1)])
        {
            var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateSession(new() { Weights = format }));
            Assert.Equal(("options", format), (refusal.ParamName, refusal.ActualValue));
            Assert.Contains("Weights: expected Float32, BFloat16 or Int8.", refusal.Message, StringComparison.Ordinal);
        }
    }
}
