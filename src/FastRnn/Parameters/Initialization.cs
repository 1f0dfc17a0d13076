using FastRnn.CompilerServices;

namespace FastRnn.Parameters;

/// <summary>Gives the parameters of a model their first values, as its declaration says. The same seed gives the same bits
/// everywhere.</summary>
internal static class Initialization
{
    /// <summary>The stream of the embedding table, which belongs to no layer.</summary>
    private const int EmbeddingStream = -1;

    /// <summary>Fills all parameters of a model. Each draws from a stream of its own (seed, layer, parameter), so that another
    /// initialisation of one, or one more at the end of a layer, leaves the others as they are.</summary>
    /// <param name="info">The model.</param>
    /// <param name="parameters">All of its parameters in canonical order; <see cref="ModelInfo.ParameterCount"/> numbers.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    public static void Initialize(ModelInfo info, Span<float> parameters, int seed)
    {
        if (parameters.Length != info.ParameterCount)
        {
            throw new ArgumentException(
                $"Parameters of {info.Name}: expected {info.ParameterCount} numbers, got {parameters.Length}.", nameof(parameters));
        }

        var table = RandomSource.ForStream(seed, EmbeddingStream, 0);
        foreach (ref var value in parameters[..info.EmbeddingParameters])
        {
            value = (float)table.NextGaussian();
        }

        for (var layer = 0; layer < info.Layers.Count; layer++)
        {
            var layerInfo = info.Layers[layer];
            for (var i = 0; i < layerInfo.Parameters.Count; i++)
            {
                var parameter = layerInfo.Parameters[i];
                var values = parameters.Slice(layerInfo.ParameterOffset + parameter.Offset, parameter.Count);
                var source = RandomSource.ForStream(seed, layer, i);
                if (info.PyTorchInitialization && !IsStart(layerInfo, i) && layerInfo.Wiring.Operation != LayerOperation.Embedding)
                {
                    Uniform(values, 1 / Math.Sqrt(layerInfo.IsRecurrent ? layerInfo.HiddenSize : layerInfo.InputSize), source);
                }
                else
                {
                    Fill(values, parameter, layerInfo.HiddenSize, source);
                }
            }
        }
    }

    /// <summary>Learned first states begin as zeros, however weights begin.</summary>
    private static bool IsStart(LayerInfo layer, int parameter) =>
        layer.Wiring.Starts.Any(start => start.Kind == StartKind.Learned && start.Index == parameter);

    private static void Fill(Span<float> values, ParameterInfo parameter, int hiddenSize, RandomSource source)
    {
        var (rows, columns, factor) = (parameter.Rows, Math.Max(parameter.Columns, 1), parameter.InitializerValue);
        switch (parameter.Initializer)
        {
            case Initializer.XavierUniform:
                Uniform(values, factor * Math.Sqrt(6.0 / ((double)rows + columns)), source);
                break;
            case Initializer.UniformByHiddenSize:
                Uniform(values, factor / Math.Sqrt(hiddenSize), source);
                break;
            case Initializer.Orthogonal:
                OrthogonalMatrix.Fill(values, rows, columns, factor, source);
                break;
            case Initializer.Identity:
                values.Clear();
                for (var i = 0; i < Math.Min(rows, columns); i++)
                {
                    values[i * columns + i] = (float)factor;
                }

                break;
            case Initializer.Constant:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = (float)factor;
                }

                break;
            case Initializer.Zeros:
                values.Clear();
                break;
            case Initializer.Normal:
                foreach (ref var value in values)
                {
                    value = (float)(factor * source.NextGaussian());
                }

                break;
            default:
                throw new ArgumentException(
                    $"Initializer of {parameter.Name}: expected one of {nameof(Initializer)}, got {parameter.Initializer}.",
                    nameof(parameter));
        }
    }

    private static void Uniform(Span<float> values, double bound, RandomSource source)
    {
        foreach (ref var value in values)
        {
            value = (float)(bound * (2 * source.NextDouble() - 1));
        }
    }
}
