using System.Runtime.InteropServices;

using TorchSharp;

using static TorchSharp.torch;

namespace FastRnn.TorchSharpPeer;

/// <summary>Takes tensors from a file of float32, one after the other.</summary>
internal sealed class Numbers(string path)
{
    private readonly float[] values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
    private int offset;

    /// <summary>The next tensor.</summary>
    /// <exception cref="InvalidOperationException">The file ends before.</exception>
    public Tensor Take(params long[] shape)
    {
        var count = checked((int)shape.Aggregate(1L, (product, size) => product * size));
        if (offset + count > values.Length)
        {
            throw new InvalidOperationException($"the file of numbers ends at {values.Length}, expected {offset + count} or more");
        }

        offset += count;
        return tensor(values[(offset - count)..offset], shape);
    }

    /// <summary>The next whole numbers.</summary>
    public Tensor TakeWhole(params long[] shape) => Take(shape).to(ScalarType.Int64);
}
