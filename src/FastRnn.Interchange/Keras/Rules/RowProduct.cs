using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>x W + b as Keras lays it out: W is <c>[I, O]</c>, x a row.</summary>
internal sealed class RowProduct
{
    private readonly KerasLayer layer;
    private readonly double[] kernel;
    private readonly double[] bias;

    /// <summary>Converts the weights.</summary>
    /// <param name="layer">For messages.</param>
    /// <param name="kernel">W.</param>
    /// <param name="bias">b <c>[O]</c>, or several rows of biases; null for none.</param>
    /// <param name="biasRow">Which row of b.</param>
    public RowProduct(KerasLayer layer, FileTensor kernel, FileTensor? bias, int biasRow)
    {
        this.layer = layer;
        this.kernel = Tensor.Of(kernel).Values;
        Width = (int)kernel.Shape[1];
        this.bias = bias is null ? new double[Width] : Tensor.Of(bias).Values.AsSpan(biasRow * Width, Width).ToArray();
    }

    /// <summary>O.</summary>
    public int Width { get; }

    /// <summary>The product of a row.</summary>
    public void Of(ReadOnlySpan<double> x, Span<double> y)
    {
        if ((long)x.Length * Width != kernel.Length)
            throw new ForeignFileException($"{layer.Where}: expected {kernel.Length / Math.Max(Width, 1)} inputs, got {x.Length}");

        bias.CopyTo(y);
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < Width; j++)
                y[j] += x[i] * kernel[(i * Width) + j];
        }
    }
}
