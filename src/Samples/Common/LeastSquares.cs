namespace FastRnn.Samples.Common;

/// <summary>What a network has to beat: <c>y = W x + b</c>, fitted by least squares, with a little ridge against features that are not
/// independent.</summary>
internal sealed class LeastSquares
{
    private readonly int inputs, outputs, n;
    private readonly double[] products, weights, row;
    private int count;

    /// <param name="inputs">Features; the constant is added.</param>
    /// <param name="outputs">Numbers to predict.</param>
    public LeastSquares(int inputs, int outputs)
    {
        (this.inputs, this.outputs, n) = (inputs, outputs, inputs + 1);
        (products, weights, row) = (new double[n * n], new double[n * outputs], new double[n]);
    }

    /// <summary>One more example.</summary>
    public void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Fill(x);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                products[i * n + j] += row[i] * row[j];
            }

            for (var k = 0; k < outputs; k++)
            {
                weights[i * outputs + k] += row[i] * y[k];
            }
        }

        count++;
    }

    /// <summary>The fit, by the normal equations and Cholesky's <c>A = L L'</c>, in the memory of A; after it only
    /// <see cref="Predict"/>.</summary>
    /// <param name="ridge">In parts of the number of examples.</param>
    public void Solve(double ridge = 1e-9)
    {
        for (var i = 0; i < n; i++)
        {
            products[i * n + i] += ridge * count;
            for (var j = 0; j <= i; j++)
            {
                var sum = products[i * n + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= products[i * n + k] * products[j * n + k];
                }

                products[i * n + j] = i == j ? Math.Sqrt(sum) : sum / products[j * n + j];
            }
        }

        for (var c = 0; c < outputs; c++)
        {
            for (var i = 0; i < n; i++)
            {
                Undo(c, i, 0, i, transposed: false);
            }

            for (var i = n - 1; i >= 0; i--)
            {
                Undo(c, i, i + 1, n, transposed: true);
            }
        }
    }

    /// <summary>What the fit says.</summary>
    public void Predict(ReadOnlySpan<float> x, Span<float> y)
    {
        Fill(x);
        for (var k = 0; k < outputs; k++)
        {
            var sum = 0.0;
            for (var i = 0; i < n; i++)
            {
                sum += row[i] * weights[i * outputs + k];
            }

            y[k] = (float)sum;
        }
    }

    private void Undo(int column, int i, int begin, int end, bool transposed)
    {
        for (var k = begin; k < end; k++)
        {
            weights[i * outputs + column] -= products[transposed ? k * n + i : i * n + k] * weights[k * outputs + column];
        }

        weights[i * outputs + column] /= products[i * n + i];
    }

    private void Fill(ReadOnlySpan<float> x)
    {
        for (var i = 0; i < inputs; i++)
        {
            row[i] = x[i];
        }

        row[^1] = 1;
    }
}
