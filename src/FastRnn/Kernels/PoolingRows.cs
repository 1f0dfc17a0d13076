namespace FastRnn.Kernels;

/// <summary>One vector of a sequence: its last step, its mean, its maximum, and their gradients. Steps ascend in every sum.</summary>
internal static unsafe class PoolingRows
{
    /// <summary>The mean over <paramref name="steps"/> steps.</summary>
    /// <param name="x"><c>[T, B, D]</c>, padded rows.</param>
    /// <param name="row">The sequence's row.</param>
    /// <param name="steps">Its length, at least 1.</param>
    /// <param name="floats">D, padded.</param>
    /// <param name="y">Receives <c>[D]</c>.</param>
    public static void Mean(in SequenceRows x, int row, int steps, int floats, float* y)
    {
        VectorRows.Copy(x.At(0, row), y, floats);
        for (var t = 1; t < steps; t++)
        {
            VectorRows.Add(x.At(t, row), y, floats);
        }

        VectorRows.Scale(y, 1f / steps, y, floats);
    }

    /// <summary>The gradient of <see cref="Mean"/>.</summary>
    public static void MeanGradient(float* dY, in SequenceRows dX, int row, int steps, int floats)
    {
        for (var t = 0; t < steps; t++)
        {
            VectorRows.Scale(dY, 1f / steps, dX.At(t, row), floats);
        }
    }

    /// <summary>The maximum of each number over <paramref name="steps"/> steps.</summary>
    /// <inheritdoc cref="Mean" path="/param"/>
    public static void Max(in SequenceRows x, int row, int steps, int floats, float* y)
    {
        VectorRows.Copy(x.At(0, row), y, floats);
        for (var t = 1; t < steps; t++)
        {
            var step = x.At(t, row);
            for (var i = 0; i < floats; i++)
            {
                // A NaN stays, so that a broken sequence is seen.
                y[i] = step[i] > y[i] || float.IsNaN(step[i]) ? step[i] : y[i];
            }
        }
    }

    /// <summary>The gradient of <see cref="Max"/>: it belongs to the first of the equal steps.</summary>
    public static void MaxGradient(in SequenceRows x, float* y, float* dY, in SequenceRows dX, int row, int steps, int floats)
    {
        for (var t = 0; t < steps; t++)
        {
            VectorRows.Clear(dX.At(t, row), floats);
        }

        for (var i = 0; i < floats; i++)
        {
            var t = 0;
            while (t < steps - 1 && !(x.At(t, row)[i] == y[i]))
            {
                t++;
            }

            dX.At(t, row)[i] = dY[i];
        }
    }

    /// <summary>The gradient of the last step.</summary>
    public static void LastGradient(float* dY, in SequenceRows dX, int row, int steps, int floats)
    {
        for (var t = 0; t < steps - 1; t++)
        {
            VectorRows.Clear(dX.At(t, row), floats);
        }

        VectorRows.Copy(dY, dX.At(steps - 1, row), floats);
    }
}
