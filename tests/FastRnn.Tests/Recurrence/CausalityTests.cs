using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Recurrence;

/// <summary>A network in one direction uses only what is earlier; a bidirectional one is the answer to that limit.</summary>
public sealed class CausalityTests
{
    private const int Steps = 7;
    private const int Changed = 4;

    [Fact]
    public void A_later_input_changes_no_earlier_output_of_a_layer_in_one_direction()
    {
        var (before, after) = Outputs<LinearOfEach>(inputs: 3);
        var size = LinearOfEach.Info.OutputSize;
        Assert.Equal(before[..(Changed * size)], after[..(Changed * size)]);
        for (var t = Changed; t < Steps; t++)
            Assert.NotEqual(before[(t * size)..((t + 1) * size)], after[(t * size)..((t + 1) * size)]);
    }

    [Fact]
    public void It_changes_every_output_of_a_bidirectional_layer_the_earlier_ones_in_the_backward_half_only()
    {
        var (before, after) = Outputs<BidirectionalGru>(inputs: 3);
        var size = BidirectionalGru.Info.OutputSize;
        for (var t = 0; t < Changed; t++)
        {
            var (was, isNow) = (before[(t * size)..((t + 1) * size)], after[(t * size)..((t + 1) * size)]);
            Assert.Equal(was[..(size / 2)], isNow[..(size / 2)]);
            Assert.NotEqual(was[(size / 2)..], isNow[(size / 2)..]);
        }
    }

    private static (float[] Before, float[] After) Outputs<TModel>(int inputs)
        where TModel : class, IModel<TModel>
    {
        var model = TestModel<TModel>.Create(SimdWidth.Auto);
        using var predictor = new Predictor<TModel>(model, new() { BatchSize = 1, SequenceLength = Steps });
        var x = Experiment.Numbers(new Random(5), Steps * inputs, 1);
        var (before, after) = (new float[Steps * TModel.Info.OutputSize], new float[Steps * TModel.Info.OutputSize]);
        predictor.Run(new SequenceBatch { X = x }, before);
        x[(Changed * inputs) + 1] += 0.5f;
        predictor.Run(new SequenceBatch { X = x }, after);
        return (before, after);
    }
}
