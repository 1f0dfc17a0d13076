using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>x W + b as Keras lays it out: W is <c>[I, O]</c>, x a row.</summary>
internal sealed class RowProduct
{
    private readonly KerasLayer layer;
    private readonly FileTensor kernel;
    private readonly double[] bias;

    /// <summary>Takes the weights; biases are converted, W stays as it is.</summary>
    /// <param name="layer">For messages.</param>
    /// <param name="kernel">W.</param>
    /// <param name="bias">b <c>[O]</c>, or several rows of biases; null for none.</param>
    /// <param name="biasRow">Which row of b.</param>
    public RowProduct(KerasLayer layer, FileTensor kernel, FileTensor? bias, int biasRow)
    {
        this.layer = layer;
        this.kernel = kernel;
        Width = (int)kernel.Shape[1];
        this.bias = bias is null ? new double[Width] : Tensor.Of(bias).Values.AsSpan(biasRow * Width, Width).ToArray();
    }

    /// <summary>O.</summary>
    public int Width { get; }

    /// <summary>The product of a row.</summary>
    public void Of(ReadOnlySpan<double> x, Span<double> y)
    {
        if ((long)x.Length * Width != kernel.Count)
            throw new ForeignFileException($"{layer.Where}: expected {kernel.Count / Math.Max(Width, 1)} inputs, got {x.Length}");

        bias.CopyTo(y);
        for (var i = 0; i < x.Length; i++)
            kernel.AddMultiple(i * Width, x[i], y[..Width]);
    }
}
