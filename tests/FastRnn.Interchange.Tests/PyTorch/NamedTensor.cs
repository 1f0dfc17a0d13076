using System.Runtime.InteropServices;

namespace FastRnn.Interchange.Tests.PyTorch;

/// <summary>A named tensor of single precision that a test writes.</summary>
internal sealed record NamedTensor(string Name, int[] Shape, float[] Values)
{
    /// <summary>Numbers in (-0.6, 0.6) that depend on the name and the place only.</summary>
    public static NamedTensor Of(string name, params int[] shape)
    {
        var seed = 17 + name.Sum(c => c);
        var random = new Random(seed);
        var count = shape.Aggregate(1, (product, size) => product * size);
        return new(name, shape, [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 1.2f) - 0.6f)]);
    }

    public byte[] Bytes => MemoryMarshal.AsBytes<float>(Values).ToArray();
}
