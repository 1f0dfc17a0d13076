namespace FastRnn;

/// <summary>Dropout between layers (Srivastava et al. 2014; Zaremba et al. 2014): in training each number becomes 0 with probability
/// <see cref="Rate"/>, drawn anew for each step, and the others are multiplied by <c>1 / (1 - Rate)</c>. Inference copies.</summary>
/// <param name="rate">0 to below 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(double rate) : Attribute
{
    /// <summary>The probability of a zero, 0 to below 1.</summary>
    public double Rate { get; } = rate;
}
