namespace FastRnn;

/// <summary>Multiplies each number by a constant, between layers, in front of them or behind them: a gain that is no parameter.</summary>
/// <param name="factor">Finite in single precision, and not 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ScaleAttribute(double factor) : Attribute
{
    /// <summary>The constant.</summary>
    public double Factor { get; } = factor;
}
