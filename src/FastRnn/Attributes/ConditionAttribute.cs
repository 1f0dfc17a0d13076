namespace FastRnn;

/// <summary>Each sequence starts from a vector <c>[B, Size]</c>: one-to-many, such as the features of a picture that is to be
/// described.</summary>
/// <param name="size">The vector's length C, 1 to 65,536.</param>
/// <param name="target">Where it enters.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConditionAttribute(int size, ConditionTarget target) : Attribute
{
    /// <summary>The vector's length.</summary>
    public int Size { get; } = size;

    /// <summary>Where it enters.</summary>
    public ConditionTarget Target { get; } = target;
}
