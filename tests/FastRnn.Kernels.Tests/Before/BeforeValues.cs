using FastRnn.Files;

namespace FastRnn.Tests.Before;

/// <summary>Everything that a model put out, by name: single precision, and losses in double.</summary>
internal sealed class BeforeValues
{
    private readonly SortedDictionary<string, float[]> numbers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double[]> losses = new(StringComparer.Ordinal);

    public void Add(string name, float[] values) => numbers.Add(name, values);

    public void Add(string name, params double[] values) => losses.Add(name, values);

    public static BeforeValues Load(string path)
    {
        var values = new BeforeValues();
        using var file = SafeTensorsReader.Open(path);
        foreach (var tensor in file.Tensors)
        {
            if (tensor.Type == TensorType.F64)
                file.Read(tensor, 0, (values.losses[tensor.Name] = new double[tensor.Count]).AsSpan());
            else
                file.Read(tensor, 0, (values.numbers[tensor.Name] = new float[tensor.Count]).AsSpan());
        }

        return values;
    }

    public void Save(string path)
    {
        var single = numbers.Select(pair => new TensorData(pair.Key, pair.Value));
        var tensors = single.Concat(losses.Select(pair => new TensorData(pair.Key, pair.Value)));
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, [.. tensors]));
    }

    /// <summary>Where the other values differ, in any bit, name or length; empty if nowhere.</summary>
    public string Difference(BeforeValues other)
    {
        var (mine, theirs) = (Bits().ToList(), other.Bits().ToList());
        if (!mine.Select(tensor => tensor.Name).SequenceEqual(theirs.Select(tensor => tensor.Name)))
            return $"expected {string.Join(", ", mine.Select(t => t.Name))}; got {string.Join(", ", theirs.Select(t => t.Name))}";
        foreach (var ((name, left), (_, right)) in mine.Zip(theirs))
        {
            if (left.Length != right.Length)
                return $"{name}: expected {left.Length} numbers, got {right.Length}";
            for (var i = 0; i < left.Length; i++)
            {
                if (left[i].Bits != right[i].Bits)
                    return $"{name}[{i}] of {left.Length}: expected {left[i].Value:r}, got {right[i].Value:r}";
            }
        }

        return "";
    }

    private IEnumerable<(string Name, (long Bits, double Value)[] Values)> Bits() =>
    [
        .. numbers.Select(pair => (pair.Key, pair.Value.Select(v => ((long)BitConverter.SingleToInt32Bits(v), (double)v)).ToArray())),
        .. losses.Select(pair => (pair.Key, pair.Value.Select(v => (BitConverter.DoubleToInt64Bits(v), v)).ToArray())),
    ];
}
