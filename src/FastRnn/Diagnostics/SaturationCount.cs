using FastRnn.CompilerServices;

namespace FastRnn.Diagnostics;

/// <summary>Counts the low and high values of a gate.</summary>
internal sealed class SaturationCount(ActivationInfo activation, int steps)
{
    private readonly double[] lowByUnit = new double[activation.Size];
    private readonly double[] highByUnit = new double[activation.Size];
    private readonly double[] lowByStep = new double[steps];
    private readonly double[] highByStep = new double[steps];
    private readonly double[] rowsByStep = new double[steps];
    private double sum;

    /// <summary>The gate of one row at a step.</summary>
    public void Add(int t, ReadOnlySpan<float> values)
    {
        rowsByStep[t]++;
        for (var unit = 0; unit < values.Length; unit++)
        {
            var (isLow, isHigh) = Judge(values[unit]);
            lowByUnit[unit] += isLow ? 1 : 0;
            lowByStep[t] += isLow ? 1 : 0;
            highByUnit[unit] += isHigh ? 1 : 0;
            highByStep[t] += isHigh ? 1 : 0;
            sum += values[unit];
        }
    }

    /// <summary>Counts become shares.</summary>
    public GateSaturation Finish()
    {
        var rows = rowsByStep.Sum();
        var all = rows * activation.Size;
        return new GateSaturation(
            activation.Name,
            activation.Function,
            lowByStep.Sum() / all,
            highByStep.Sum() / all,
            sum / all,
            [.. lowByUnit.Select(n => n / rows)],
            [.. highByUnit.Select(n => n / rows)],
            [.. lowByStep.Select((n, t) => n / (rowsByStep[t] * activation.Size))],
            [.. highByStep.Select((n, t) => n / (rowsByStep[t] * activation.Size))]);
    }

    private (bool IsLow, bool IsHigh) Judge(float value) => activation.Function switch
    {
        ActivationFunction.Relu => (value <= 0, false),
        ActivationFunction.Tanh or ActivationFunction.HardTanh => (value < -0.9f, value > 0.9f),
        _ => (value < 0.1f, value > 0.9f),
    };
}
