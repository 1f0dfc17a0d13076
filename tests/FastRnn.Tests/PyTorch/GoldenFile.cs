using FastRnn.Files;

namespace FastRnn.Tests.PyTorch;

/// <summary>What PyTorch computed, of a file of single and double precision.</summary>
internal static class GoldenFile
{
    public static Dictionary<string, double[]> Read(string name)
    {
        using var file = SafeTensorsReader.Open(GoldenCase.PathOf(name));
        var golden = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var tensor in file.Tensors)
        {
            if (tensor.Type == TensorType.F32)
            {
                var singles = new float[tensor.Count];
                file.Read(tensor, 0, singles.AsSpan());
                golden[tensor.Name] = Array.ConvertAll(singles, value => (double)value);
            }
            else
            {
                file.Read(tensor, 0, (golden[tensor.Name] = new double[tensor.Count]).AsSpan());
            }
        }

        return golden;
    }
}
