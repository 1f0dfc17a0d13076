using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Floating-point operations of matrices alone, a multiply-add counted as two; what is element-wise is not counted.</summary>
internal static class Flops
{
    /// <summary>Of one iteration. Training is three times the forward pass: dX, and the gradients of weights, cost as much again
    /// each.</summary>
    public static double Of(Workload workload)
    {
        var madds = 0.0;
        for (var layer = 0; layer < workload.Layers; layer++)
        {
            madds += (double)workload.Gates * workload.HiddenSize * (workload.InputOf(layer) + workload.HiddenSize);
        }

        madds += (double)workload.Vocabulary * workload.HiddenSize;
        var passes = workload.Kind == WorkKind.Inference ? 1 : 3;
        return passes * 2 * madds * workload.Positions;
    }
}
