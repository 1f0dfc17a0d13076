using FastRnn.CompilerServices;

namespace FastRnn.Diagnostics;

/// <summary>How much of a gate is saturated. Low is below 0.1 (a sigmoid), below -0.9 (a tanh) or 0 (a ReLU); high is above 0.9 (a ReLU is
/// never high). A saturated value lets little gradient through to what it was made of: a sigmoid at most 36 % of its largest slope, a tanh
/// at most 19 %, a ReLU none.</summary>
/// <param name="Name">The gate.</param>
/// <param name="Function">What made it.</param>
/// <param name="Low">The share of all values that is low, 0 to 1.</param>
/// <param name="High">The share of all values that is high, 0 to 1.</param>
/// <param name="Mean">The mean of all values.</param>
/// <param name="LowByUnit">The same for each unit: 1 is a dead unit.</param>
/// <param name="HighByUnit">The same for each unit.</param>
/// <param name="LowByStep">The same for each step.</param>
/// <param name="HighByStep">The same for each step.</param>
public sealed record GateSaturation(
    string Name,
    ActivationFunction Function,
    double Low,
    double High,
    double Mean,
    IReadOnlyList<double> LowByUnit,
    IReadOnlyList<double> HighByUnit,
    IReadOnlyList<double> LowByStep,
    IReadOnlyList<double> HighByStep)
{
    /// <summary>The share of all values that is saturated at either end.</summary>
    public double Saturated => Low + High;
}
