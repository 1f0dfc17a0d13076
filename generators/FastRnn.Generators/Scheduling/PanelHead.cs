using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Scheduling;

/// <summary>The vectors at the head of a panel, in the order in which they are asked for.</summary>
internal sealed class PanelHead(LayerContext context)
{
    private readonly List<EquatableArray<int>> vectors = [];
    private readonly Dictionary<int, int> parameters = [];

    public EquatableArray<EquatableArray<int>> Vectors => new(vectors);

    /// <summary>The sum of the biases with which an accumulator starts, or -1 if it has none.</summary>
    public int Bias(Accumulator accumulator)
    {
        if (accumulator.Biases.Count == 0)
        {
            return -1;
        }

        vectors.Add(new(accumulator.Biases.Select(b => context.ParameterOffsets[b])));
        return vectors.Count - 1;
    }

    /// <summary>A vector parameter that the epilogue uses.</summary>
    public int Parameter(int parameter)
    {
        if (!parameters.TryGetValue(parameter, out var index))
        {
            vectors.Add(new([context.ParameterOffsets[parameter]]));
            parameters[parameter] = index = vectors.Count - 1;
        }

        return index;
    }
}
