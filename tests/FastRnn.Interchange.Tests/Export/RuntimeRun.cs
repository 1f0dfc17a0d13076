using FastRnn.Interchange.Tensors;

using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

using Tensor = FastRnn.Interchange.Tensors.Tensor;

namespace FastRnn.Interchange.Tests.Export;

/// <summary>A file in ONNX Runtime.</summary>
internal sealed class RuntimeRun(byte[] file) : IDisposable
{
    private readonly InferenceSession session = Open(file);

    public IReadOnlyCollection<string> Inputs => [.. session.InputMetadata.Keys];

    public IReadOnlyCollection<string> Outputs => [.. session.OutputMetadata.Keys];

    public IReadOnlyDictionary<string, string> Metadata => session.ModelMetadata.CustomMetadataMap;

    public Dictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        using var results = session.Run([.. inputs.Select(i => Value(i.Key, i.Value))]);
        return results.ToDictionary(
            r => r.Name, r => new Tensor(r.AsTensor<float>().Dimensions.ToArray(), [.. r.AsTensor<float>().Select(v => (double)v)]));
    }

    public void Dispose() => session.Dispose();

    private static NamedOnnxValue Value(string name, Tensor tensor) => tensor.Type == ElementType.Int64
        ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(tensor.Values.Select(v => (long)v).ToArray(), tensor.Shape))
        : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(tensor.Values.Select(v => (float)v).ToArray(), tensor.Shape));

    private static InferenceSession Open(byte[] file)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        return new InferenceSession(file, options);
    }
}
