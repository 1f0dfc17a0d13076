namespace FastRnn;

/// <summary>Makes one vector of a sequence: many-to-one. What follows (dense layers, dropout, the loss) sees each sequence once: outputs
/// are <c>[B, O]</c>.</summary>
/// <param name="pooling">How.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PoolAttribute(Pooling pooling) : Attribute
{
    /// <summary>How.</summary>
    public Pooling Pooling { get; } = pooling;
}
