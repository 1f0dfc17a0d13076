using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

using MathNet.Numerics.LinearAlgebra;

namespace FastRnn.Tables.Baselines;

/// <summary>Linear regression with a penalty on the squares of its weights (Hoerl and Kennard 1970), for several outputs at once: the
/// normal equations in double precision, summed sample by sample and solved by MathNet's Cholesky decomposition. The constant has no
/// penalty.</summary>
internal sealed class RidgeRegression
{
    private const int BlockSize = 256;
    private readonly int inputs;
    private readonly int outputs;
    private readonly double[][] gram;
    private readonly double[][] products;
    private readonly double[][] block;
    private readonly double[][] targets;
    private int held;
    private long count;
    private double[][] weights = [];

    /// <param name="inputs">Numbers of a sample.</param>
    /// <param name="outputs">Numbers of a target.</param>
    public RidgeRegression(int inputs, int outputs)
    {
        (this.inputs, this.outputs) = (inputs, outputs);
        gram = Rows(inputs + 1, inputs + 1);
        products = Rows(inputs + 1, outputs);
        block = Rows(BlockSize, inputs + 1);
        targets = Rows(BlockSize, outputs);
    }

    /// <summary>Samples so far.</summary>
    public long Count => count;

    /// <summary>What <see cref="Solve"/> found: for each output a weight for each input, and the constant.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Weights => weights;

    /// <summary>Adds a sample.</summary>
    public void Add(ReadOnlySpan<float> sample, ReadOnlySpan<float> target)
    {
        TensorPrimitives.ConvertTruncating(sample, block[held].AsSpan(0, inputs));
        block[held][inputs] = 1;
        TensorPrimitives.ConvertTruncating(target, targets[held].AsSpan());
        count++;
        if (++held == BlockSize)
            Flush();
    }

    /// <summary>Solves for the weights.</summary>
    /// <param name="penalty">Above 0: for each sample, as the inputs are standardised.</param>
    public void Solve(double penalty)
    {
        Flush();
        var matrix = Matrix<double>.Build.Dense(inputs + 1, inputs + 1, (row, column) =>
            gram[Math.Min(row, column)][Math.Max(row, column)]);
        for (var i = 0; i <= inputs; i++)
            matrix[i, i] += i < inputs ? penalty * count : 1e-9 * count;
        weights = matrix.Cholesky().Solve(Matrix<double>.Build.DenseOfRowArrays(products)).Transpose().ToRowArrays();
    }

    /// <summary>The outputs for a sample.</summary>
    /// <param name="sample">As many numbers as inputs.</param>
    /// <param name="scratch">Room for as many in double precision.</param>
    /// <param name="result">Receives the outputs.</param>
    public void Predict(ReadOnlySpan<float> sample, Span<double> scratch, Span<float> result)
    {
        TensorPrimitives.ConvertTruncating(sample, scratch);
        for (var i = 0; i < outputs; i++)
            result[i] = (float)(Dot(scratch[..inputs], weights[i]) + weights[i][inputs]);
    }

    // Four sums, whatever vectors the processor has: targets of a network are made of them, and have the same bits everywhere.
    private static double Dot(ReadOnlySpan<double> a, double[] b)
    {
        var sums = Vector256<double>.Zero;
        var whole = a.Length - (a.Length % Vector256<double>.Count);
        for (var i = 0; i < whole; i += Vector256<double>.Count)
            sums += Vector256.Create(a.Slice(i, Vector256<double>.Count)) * Vector256.Create(b, i);
        var sum = sums[0] + sums[1] + sums[2] + sums[3];
        for (var i = whole; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    // Each row of the sums has one thread and one order, so that nothing depends on their number.
    private void Flush()
    {
        var samples = held;
        held = 0;
        Parallel.For(0, inputs + 1, i =>
        {
            var row = gram[i].AsSpan(i);
            var product = products[i].AsSpan();
            for (var s = 0; s < samples; s++)
            {
                var value = block[s][i];
                if (value == 0)
                    continue;
                TensorPrimitives.MultiplyAdd(block[s].AsSpan(i), value, row, row);
                TensorPrimitives.MultiplyAdd(targets[s].AsSpan(), value, product, product);
            }
        });
    }

    private static double[][] Rows(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
}
