namespace FastRnn.Generators.Scheduling;

/// <summary>A phase of one dimension: what one kernel computes.</summary>
internal readonly record struct Group(int Level, string Dimension) : IComparable<Group>
{
    public int CompareTo(Group other) => Level.CompareTo(other.Level) is var order && order != 0
        ? order
        : string.CompareOrdinal(Dimension, other.Dimension);
}
