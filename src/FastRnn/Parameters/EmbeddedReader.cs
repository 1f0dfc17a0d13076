using System.Runtime.InteropServices;

using FastRnn.CompilerServices;

namespace FastRnn.Parameters;

/// <summary>Reads <see cref="EmbeddedWeights"/> from their first number to their last.</summary>
internal ref struct EmbeddedReader
{
    private readonly bool isHalved;
    private ReadOnlySpan<float> exact;
    private ReadOnlySpan<ushort> halves;
    private ReadOnlySpan<sbyte> integers;

    /// <exception cref="InvalidOperationException">The data are shorter than they say.</exception>
    public EmbeddedReader(EmbeddedWeights weights)
    {
        var bytes = MemoryMarshal.AsBytes(weights.Data);
        var wanted = (4L * weights.Float32Count) + (2L * weights.BFloat16Count) + weights.Int8Count;
        if (wanted == 0 || wanted > bytes.Length)
        {
            throw new InvalidOperationException($"Embedded weights: expected {wanted} bytes, got {bytes.Length}.");
        }

        isHalved = weights.BFloat16Count > 0;
        IsInteger = weights.Int8Count > 0;
        exact = MemoryMarshal.Cast<byte, float>(bytes[..(4 * weights.Float32Count)]);
        halves = MemoryMarshal.Cast<byte, ushort>(bytes.Slice(4 * weights.Float32Count, 2 * weights.BFloat16Count));
        integers = MemoryMarshal.Cast<byte, sbyte>(
            bytes.Slice((4 * weights.Float32Count) + (2 * weights.BFloat16Count), weights.Int8Count));
    }

    /// <summary>Whether matrices are int8.</summary>
    public bool IsInteger { get; }

    /// <summary>Whether everything was read.</summary>
    public readonly bool IsAtEnd => exact.IsEmpty && halves.IsEmpty && integers.IsEmpty;

    /// <summary>The next numbers that no format rounds.</summary>
    public void ReadExact(Span<float> values)
    {
        exact[..values.Length].CopyTo(values);
        exact = exact[values.Length..];
    }

    /// <summary>The next numbers of layers' matrices.</summary>
    public void ReadWeights(Span<float> values)
    {
        if (!isHalved)
        {
            ReadExact(values);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
        }

        halves = halves[values.Length..];
    }

    /// <summary>The next numbers of a matrix of int8 weights, row by row: a scale, and what it multiplies.</summary>
    public void ReadRows(Span<float> values, int columns)
    {
        for (; values.Length > 0; values = values[columns..])
        {
            var scale = exact[0];
            exact = exact[1..];
            for (var k = 0; k < columns; k++)
            {
                values[k] = integers[k] * scale;
            }

            integers = integers[columns..];
        }
    }
}
