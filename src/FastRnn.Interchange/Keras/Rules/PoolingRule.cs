using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>The mean (of the steps that are not masked) or the maximum (of all) over the steps.</summary>
internal sealed class PoolingRule(KerasLayer layer) : IKerasRule
{
    public KerasFlow Apply(KerasFlow input)
    {
        if (input.Values.Rank != 3 || input.Steps == 0 || layer.Flag("keepdims", false) || layer.Text("data_format") == "channels_first")
        {
            throw new ForeignFileException(
                $"{layer.Where}: expected [B, T, F] with at least one step, got {input.Values.ShapeText()}, keepdims or channels_first");
        }

        var isMean = layer.Kind == KerasKind.AveragePooling;
        var output = new KerasFlow(new Tensor([input.Batch, input.Features]));
        for (var b = 0; b < input.Batch; b++)
        {
            var pooled = output.Vector(b, 0);
            pooled.Fill(isMean ? 0 : double.NegativeInfinity);
            var count = 0;
            for (var t = 0; t < input.Steps; t++)
            {
                if (isMean && input.Mask is not null && !input.Mask[(b * input.Steps) + t])
                    continue;
                count++;
                var vector = input.Vector(b, t);
                for (var k = 0; k < pooled.Length; k++)
                    pooled[k] = isMean ? pooled[k] + vector[k] : Math.Max(pooled[k], vector[k]);
            }

            for (var k = 0; k < pooled.Length && isMean; k++)
                pooled[k] /= count;
        }

        return output;
    }
}
