namespace FastRnn.Data;

/// <summary>One kind of value of all sequences: some for each position of an axis, or, without an axis, for each sequence.</summary>
internal sealed class SequenceColumn<T>(SequenceAxis? axis, int width)
    where T : unmanaged
{
    private T[] values = [];
    private int used;

    public int Width => width;

    public ReadOnlySpan<T> Values => values.AsSpan(0, used);

    public ReadOnlySpan<T> this[int sequence] => axis is null
        ? values.AsSpan(sequence * width, width)
        : values.AsSpan(axis.Start(sequence) * width, axis.Length(sequence) * width);

    /// <summary>Elements of the longest row of a batch, or of a batch of the longest sequences.</summary>
    public int Length(int sequence) => axis?.Length(sequence) ?? 1;

    public bool IsOnAxis => axis is not null;

    /// <summary>Whether as many elements more can be held.</summary>
    public bool HasRoom(int count) => (long)used + count <= Array.MaxLength;

    public void Append(ReadOnlySpan<T> added)
    {
        added.CopyTo(Take(added.Length));
    }

    public void Append(T value, int count) => Take(count).Fill(value);

    private Span<T> Take(int count)
    {
        if (values.Length - used < count)
            Array.Resize(ref values, (int)Math.Min(Array.MaxLength, Math.Max(2L * values.Length, (long)used + count)));
        used += count;
        return values.AsSpan(used - count, count);
    }
}
