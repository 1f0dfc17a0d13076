using FastRnn.Testing;

namespace FastRnn.Tests.Gradients;

/// <summary>The derivative of a loss by finite differences, along one direction within one tensor.</summary>
/// <param name="What">The tensor, and the element or direction.</param>
/// <param name="Offset">Where the tensor begins among all numbers of the oracle.</param>
/// <param name="Direction">As long as the tensor, of length 1.</param>
/// <param name="Expected">The derivative.</param>
internal sealed record Probe(string What, int Offset, double[] Direction, double Expected)
{
    // Two numbers that changed places are seen by one direction in two, as their signs are equal or not.
    private const int Directions = 2;

    /// <summary>Probes for every tensor of an oracle.</summary>
    /// <param name="oracle">The equations.</param>
    /// <param name="effort">How many runs of the equations are reasonable. If all elements of all tensors are more, large tensors get a
    /// few elements, the corners among them, and two random directions that look at all of them together.</param>
    /// <param name="step">Of the differences.</param>
    /// <param name="seed">For directions and elements.</param>
    public static List<Probe> Of(IOracle oracle, long effort, double step, int seed)
    {
        var random = new Random(seed);
        var everything = oracle.Tensors.Sum(t => (long)t.Count) * 6 <= effort;
        var probes = new List<Probe>();
        foreach (var (name, offset, count) in oracle.Tensors)
        {
            int[] elements = everything ? [.. Enumerable.Range(0, count)]
                : count <= 2 ? [count - 1]
                : [0, random.Next(count), count - 1];
            foreach (var element in elements)
            {
                var direction = new double[count];
                direction[element] = 1;
                probes.Add(new Probe(
                    $"{name}[{element}]", offset, direction, FiniteDifferences.Partial(oracle.Loss, oracle.Point, offset + element, step)));
            }

            for (var i = 0; i < (everything ? 0 : Directions); i++)
                probes.Add(Along(oracle, name, offset, count, step, random));
        }

        return probes;
    }

    /// <summary>The derivative that gradients say there is.</summary>
    public double Of(ReadOnlySpan<float> gradients)
    {
        var sum = 0.0;
        for (var i = 0; i < Direction.Length; i++)
            sum += Direction[i] * gradients[Offset + i];
        return sum;
    }

    private static Probe Along(IOracle oracle, string name, int offset, int count, double step, Random random)
    {
        var direction = new double[count];
        var all = new double[oracle.Point.Length];
        for (var i = 0; i < count; i++)
            all[offset + i] = direction[i] = (random.Next(2) * 2 - 1) / Math.Sqrt(count);
        return new Probe($"{name} along a direction", offset, direction, FiniteDifferences.Along(oracle.Loss, oracle.Point, all, step));
    }
}
