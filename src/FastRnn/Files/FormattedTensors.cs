using FastRnn.CompilerServices;

namespace FastRnn.Files;

/// <summary>What the file of a model holds in a format of weights.</summary>
internal static unsafe class FormattedTensors
{
    /// <summary>The tensors, floats first: so all numbers lie where their size wants them to.</summary>
    /// <param name="info">The model.</param>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="format">The format of matrices that kernels multiply.</param>
    /// <param name="parameters">All learned numbers, which stay where they are until the tensors were written.</param>
    public static List<TensorData> Of(ModelInfo info, IReadOnlyList<ModelTensor> tensors, WeightFormat format, float* parameters)
    {
        var rounded = format == WeightFormat.Float32 ? [] : RoundedParameters(info);
        var names = tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var (floats, others) = (new List<TensorData>(), new List<TensorData>());
        var from = (nint)parameters;
        foreach (var tensor in tensors)
        {
            var scale = tensor.Name + Int8Tensors.Suffix;
            long[] shape = [.. tensor.Shape];

            // A cell may have named another tensor as the scale would be called.
            if (!tensor.Parts.Any(part => rounded.Contains(part.Offset)) || names.Contains(scale)
                || tensor.Parts.Any(part => !part.Folded && !rounded.Contains(part.Offset)))
            {
                floats.Add(new(tensor.Name, TensorType.F32, shape, tensor.Count, stream => WriteFloats(stream, tensor, (float*)from)));
            }
            else if (format == WeightFormat.BFloat16)
            {
                others.Add(new(tensor.Name, TensorType.BF16, shape, tensor.Count, stream => WriteHalves(stream, tensor, (float*)from)));
            }
            else
            {
                var scales = Scales(tensor, parameters);
                floats.Add(new TensorData(scale, scales));
                others.Add(new(
                    tensor.Name, TensorType.I8, shape, tensor.Count, stream => WriteIntegers(stream, tensor, scales, (float*)from)));
            }
        }

        return [.. floats, .. others];
    }

    /// <summary>Where matrices begin that kernels multiply by vectors.</summary>
    private static HashSet<int> RoundedParameters(ModelInfo info) =>
    [
        .. from layer in info.Layers
           where layer.Wiring.Operation == LayerOperation.Kernel
           from parameter in layer.Parameters
           where Int8Layout.IsRounded(layer, parameter)
           select layer.ParameterOffset + parameter.Offset,
    ];

    private static void WriteFloats(Stream stream, ModelTensor tensor, float* parameters)
    {
        foreach (var part in tensor.Parts)
        {
            if (part.Folded)
                TensorData.Write<float>(stream, new float[part.Count]);
            else
                TensorData.Write(stream, new ReadOnlySpan<float>(parameters + part.Offset, part.Count));
        }
    }

    private static void WriteHalves(Stream stream, ModelTensor tensor, float* parameters)
    {
        var row = new ushort[tensor.Shape[1]];
        foreach (var part in tensor.Parts)
        {
            for (var first = 0; first < part.Count; first += row.Length)
            {
                for (var k = 0; k < row.Length; k++)
                    row[k] = part.Folded ? (ushort)0 : Int8Tensors.ToBFloat16(parameters[part.Offset + first + k]);

                TensorData.Write<ushort>(stream, row);
            }
        }
    }

    private static void WriteIntegers(Stream stream, ModelTensor tensor, float[] scales, float* parameters)
    {
        var row = new sbyte[tensor.Shape[1]];
        var r = 0;
        foreach (var part in tensor.Parts)
        {
            for (var first = 0; first < part.Count; first += row.Length, r++)
            {
                for (var k = 0; k < row.Length; k++)
                    row[k] = scales[r] == 0 ? (sbyte)0 : Int8Rounding.Round(parameters[part.Offset + first + k], scales[r]);

                TensorData.Write<sbyte>(stream, row);
            }
        }
    }

    private static float[] Scales(ModelTensor tensor, float* parameters)
    {
        var columns = (int)tensor.Shape[1];
        var scales = new float[tensor.Shape[0]];
        var r = 0;
        foreach (var part in tensor.Parts)
        {
            // 127 times a scale is finite, even if it was made of the largest float, which is rounded down.
            for (var first = 0; first < part.Count; first += columns, r++)
                scales[r] = part.Folded ? 0 : Int8Rounding.Scale(parameters + part.Offset + first, 1, columns);
        }

        return scales;
    }
}
