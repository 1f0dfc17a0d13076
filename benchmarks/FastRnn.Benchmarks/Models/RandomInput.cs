using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Models;

/// <summary>Weights, inputs and gradients for both sides: random, but the same in every run.</summary>
internal static class RandomInput
{
    public static PeerInput Create(Workload workload)
    {
        var random = new Random(12345);
        var bound = 1 / MathF.Sqrt(workload.HiddenSize);
        var weights = new LayerWeights[workload.Layers];
        for (var layer = 0; layer < weights.Length; layer++)
        {
            var rows = workload.Gates * workload.HiddenSize;
            weights[layer] = new LayerWeights(
                Uniform(random, rows * workload.InputOf(layer), bound), Uniform(random, rows * workload.HiddenSize, bound),
                Uniform(random, rows, bound), Uniform(random, rows, bound));
        }

        if (workload.Kind is WorkKind.WholeTrainingStep or WorkKind.Learning)
        {
            return new PeerInput(weights, WholeStep(random, workload), null);
        }

        var positions = workload.Positions;
        var x = Uniform(random, positions * workload.InputSize, 1);
        var dY = workload.Kind == WorkKind.Training ? Uniform(random, positions * workload.HiddenSize, 1) : null;
        return new PeerInput(weights, x, dY);
    }

    /// <summary>See <see cref="WholeStepInput"/>.</summary>
    private static float[] WholeStep(Random random, Workload workload)
    {
        var tokens = Enumerable.Range(0, 2 * workload.Positions).Select(_ => (float)random.Next(workload.Vocabulary));
        return
        [
            .. Uniform(random, workload.Vocabulary * workload.InputSize, 1),
            .. Uniform(random, workload.Vocabulary * (workload.HiddenSize + 1), 1 / MathF.Sqrt(workload.HiddenSize)), .. tokens,
        ];
    }

    private static float[] Uniform(Random random, int count, float bound)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = ((random.NextSingle() * 2) - 1) * bound;
        }

        return values;
    }
}
