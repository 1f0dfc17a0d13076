using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

public sealed class LossGradientTests : LossGradientTests<OtherModels>
{
    [Fact]
    public void Every_loss_is_met_with_both_reductions_where_it_has_two()
    {
        var met = TestModels.WithLoss.Select(name => TestModels.Of(name).Info).Append(QuantileForecastMean.Info)
            .Select(info => (info.Loss, info.Reduction)).Distinct();
        Assert.Equal(14, met.Count());
    }
}
