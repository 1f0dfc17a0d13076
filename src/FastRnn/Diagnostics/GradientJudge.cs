using FastRnn.Parameters;
using FastRnn.Testing;

namespace FastRnn.Diagnostics;

/// <summary>Holds gradients of kernels against finite differences, and remembers the worst.</summary>
internal sealed class GradientJudge(GradientBatch batch, GradientCheckOptions options)
{
    /// <summary>The largest steps of finite differences. A long one is best for smooth functions; where a function has a kink within it, no
    /// extrapolation helps, and a short one rarely meets the kink.</summary>
    private static readonly double[] Differences = [FiniteDifferences.DefaultStep, 1e-5, 1e-6];

    /// <summary>Multiply-adds of the reference that a problem may cost.</summary>
    private const double Work = 1e8;

    private readonly double bound = ErrorBound.Backward(batch.Info, batch.Steps);
    private readonly RandomSource random = RandomSource.ForStream(options.Seed, 0, 2);
    private GradientCheckResult? worst;
    private double worstRatio = -1;
    private int derivatives;
    private int wrong;

    /// <summary>Compares the gradients of a problem.</summary>
    public void Compare(GradientProblem problem, float[] gradients)
    {
        var (scale, most) = (problem.Scale, ElementsOf(problem));

        // The gradient of a query is the small rest of large ones, because a softmax's gradients sum to zero, and has their errors.
        var rest = 1e-3 * bound * ErrorBound.Magnitude(gradients);
        foreach (var tensor in problem.Tensors)
        {
            var got = gradients.AsSpan(tensor.Offset, tensor.Count);
            var magnitude = ErrorBound.Magnitude(got);
            foreach (var element in Choose(tensor.Count, most))
            {
                Judge(problem, tensor, element, got[element], (bound * magnitude) + rest, magnitude, scale, step =>
                    FiniteDifferences.Partial(problem.Value, problem.Point, tensor.Offset + element, step));
            }

            if (most < tensor.Count)
            {
                Along(problem, tensor, got, (bound * magnitude) + rest, magnitude, scale);
            }
        }
    }

    /// <summary>What was found.</summary>
    public GradientCheckResult Result() => worst! with { Derivatives = derivatives, Wrong = wrong };

    private void Along(
        GradientProblem problem, GradientTensor tensor, ReadOnlySpan<float> got, double tolerance, double magnitude, double scale)
    {
        var (direction, product) = (new double[problem.Point.Length], 0.0);
        for (var i = 0; i < tensor.Count; i++)
        {
            direction[tensor.Offset + i] = ((random.NextInt(2) * 2) - 1) / Math.Sqrt(tensor.Count);
            product += direction[tensor.Offset + i] * got[i];
        }

        Judge(problem, tensor, null, product, tolerance, magnitude, scale, step =>
            FiniteDifferences.Along(problem.Value, problem.Point, direction, step));
    }

    private void Judge(
        GradientProblem problem, GradientTensor tensor, int? index, double got, double tolerance, double magnitude, double scale,
        Func<double, double> differentiate)
    {
        var (expected, error, allowed) = (0.0, double.NaN, tolerance);
        foreach (var step in Differences)
        {
            expected = differentiate(step);
            (error, allowed) = (Math.Abs(got - expected), tolerance + (1e-15 * scale / step));
            if (error <= allowed)
            {
                break;
            }
        }

        derivatives++;
        wrong += error <= allowed ? 0 : 1;

        // What is no number is the worst of all.
        var ratio = double.IsNaN(error) ? double.PositiveInfinity : error / allowed;
        if (ratio > worstRatio)
        {
            worstRatio = ratio;
            worst = new GradientCheckResult
            {
                Model = batch.Info.Name,
                Parameter = tensor.Name,
                Index = index,
                Of = problem.Of,
                Expected = expected,
                Got = got,
                LargestError = error / magnitude,
                Tolerance = allowed / magnitude,
                Derivatives = 0,
                Wrong = 0,
            };
        }
    }

    /// <summary>How many elements of a tensor can be checked. A step of the reference costs its multiply-adds, and about a thousand more
    /// for being slow and obvious; a derivative takes six runs.</summary>
    private int ElementsOf(GradientProblem problem)
    {
        if (options.Elements > 0)
        {
            return options.Elements;
        }

        var run = (double)batch.Lengths.Concat(batch.SourceLengths).Sum() * batch.Info.Layers.Sum(layer => layer.MultiplyAdds + 1000);
        var most = Work / (6 * run);
        return most >= problem.Point.Length ? int.MaxValue : (int)Math.Max(2, most / problem.Tensors.Count);
    }

    private List<int> Choose(int count, int most)
    {
        if (most >= count)
        {
            return [.. Enumerable.Range(0, count)];
        }

        var chosen = new SortedSet<int> { count - 1 };
        if (most > 1)
        {
            chosen.Add(0);
        }

        while (chosen.Count < most)
        {
            chosen.Add(random.NextInt(count));
        }

        return [.. chosen];
    }
}
