using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Weights;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>y = f(x W + b) of the last axis.</summary>
internal sealed class DenseRule(KerasLayer layer, KerasTensors weights, VectorFunction function) : IKerasRule
{
    public KerasFlow Apply(KerasFlow input)
    {
        var product = new RowProduct(layer, weights.Kernel, weights.Bias, biasRow: 0);
        var output = input.Resized(product.Width);
        for (var b = 0; b < input.Batch; b++)
        {
            for (var t = 0; t < input.Steps; t++)
            {
                product.Of(input.Vector(b, t), output.Vector(b, t));
                function(output.Vector(b, t));
            }
        }

        return output;
    }
}
