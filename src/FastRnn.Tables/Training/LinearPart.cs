using FastRnn.Tables.Baselines;
using FastRnn.Tables.Preparing;

namespace FastRnn.Tables.Training;

/// <summary>The linear part of forecasts at the rows of a table; rows before a group's first are taken as means. Sums have one order, so
/// that targets and forecasts have the same bits on every processor.</summary>
internal sealed class LinearPart
{
    private readonly EncodedRows rows;
    private readonly int window;
    private readonly double[][] weights;
    private readonly double[] scales;
    private readonly CategoryIndicators categories;
    private readonly float[] sample;

    /// <param name="linear">What was fitted, to numbers and categories as these.</param>
    /// <param name="rows">What a model reads.</param>
    public LinearPart(PreparedLinear linear, EncodedRows rows)
    {
        (this.rows, window, categories) = (rows, linear.Window, new CategoryIndicators(rows));
        (weights, scales) = ([.. linear.Weights!.Select(each => each!.ToArray())], [.. linear.Scales!]);
        sample = new float[(window * rows.Width) + categories.Width];
    }

    /// <summary>From what an output should be to what the network should put out.</summary>
    public void TakeOff(int groupStart, int row, Span<float> outputs)
    {
        Read(groupStart, row);
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = (float)((outputs[i] - At(i)) / scales[i]);
    }

    /// <summary>From what the network puts out to the output.</summary>
    public void PutOn(int groupStart, int row, Span<float> outputs)
    {
        Read(groupStart, row);
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = (float)((outputs[i] * scales[i]) + At(i));
    }

    private void Read(int groupStart, int row)
    {
        var first = Math.Max(groupStart, row - window + 1);
        var missing = (window - (row - first + 1)) * rows.Width;
        sample.AsSpan(0, missing).Clear();
        var numbers = rows.NumbersOf(first, row + 1);
        numbers.CopyTo(sample.AsSpan(missing));
        var indicators = sample.AsSpan(missing + numbers.Length);
        indicators.Clear();
        categories.Add(row, 1, indicators);
    }

    private double At(int output)
    {
        var own = weights[output];
        var sum = own[^1];
        for (var i = 0; i < sample.Length; i++)
            sum += sample[i] * own[i];
        return sum;
    }
}
