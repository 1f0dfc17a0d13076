using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Weights;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>Looks up a row for each token; with <c>mask_zero</c> token 0 is masked.</summary>
internal sealed class EmbeddingRule(KerasLayer layer, KerasTensors weights) : IKerasRule
{
    public KerasFlow Apply(KerasFlow input)
    {
        if (input.Values.Rank != 2)
            throw new ForeignFileException($"{layer.Where}: expected tokens [B, T], got {input.Values.ShapeText()}");

        var tokens = input.Values.Values;
        var (vocabulary, size) = ((int)weights.Kernel.Shape[0], (int)weights.Kernel.Shape[1]);
        var rows = new Tensor([.. input.Values.Shape, size]);
        for (var n = 0; n < tokens.Length; n++)
        {
            // Keras cuts fractions off.
            var token = Math.Truncate(tokens[n]);
            if (!(token >= 0 && token < vocabulary))
                throw new ForeignFileException($"{layer.Where}: expected tokens from 0 to {vocabulary - 1}, got {tokens[n]}");
            for (var k = 0; k < size; k++)
                rows.Values[(n * size) + k] = weights.Kernel[((int)token * size) + k];
        }

        var mask = layer.Flag("mask_zero", false) ? Array.ConvertAll(tokens, token => token != 0) : null;
        return new KerasFlow(rows, mask, mask);
    }
}
