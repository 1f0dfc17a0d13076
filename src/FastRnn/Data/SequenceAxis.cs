namespace FastRnn.Data;

/// <summary>Where each of many sequences begins and ends that lie one behind the other.</summary>
internal sealed class SequenceAxis
{
    private int[] starts = new int[16];

    public int Count { get; private set; }

    /// <summary>Positions of all sequences together.</summary>
    public int Total => starts[Count];

    public int Start(int index) => starts[index];

    public int Length(int index) => starts[index + 1] - starts[index];

    public void Add(int length)
    {
        if (Count + 1 == starts.Length)
            Array.Resize(ref starts, checked(2 * starts.Length));
        starts[Count + 1] = checked(starts[Count] + length);
        Count++;
    }
}
