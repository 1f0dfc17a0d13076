namespace FastRnn;

/// <summary>Chooses the first values of the parameters declared by a field declaration.</summary>
/// <param name="initializer">The distribution.</param>
/// <param name="value">The constant of <see cref="Initializer.Constant"/>; a factor for every other one.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class InitializeAttribute(Initializer initializer, double value = 1) : Attribute
{
    /// <summary>The distribution.</summary>
    public Initializer Initializer { get; } = initializer;

    /// <summary>The constant of <see cref="Initializer.Constant"/>; a factor for every other one.</summary>
    public double Value { get; } = value;
}
