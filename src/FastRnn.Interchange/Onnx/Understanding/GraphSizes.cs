using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The sizes with which a graph is evaluated, and the values of its inputs. Sizes that are free are primes that differ, so that no
/// dimension is taken for another one.</summary>
internal sealed class GraphSizes
{
    private readonly GraphInputs inputs;
    private readonly Dictionary<string, int> bySymbol = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<bool> isFixed;
    private readonly int batch;

    /// <summary>Chooses sizes.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="main">The sizes of the input with the sequences.</param>
    /// <param name="isFixed">Which of them are the only ones that the file allows.</param>
    /// <param name="batchAxis">Which of its dimensions free dimensions of other inputs are, where the file gives them no common
    /// name.</param>
    public GraphSizes(GraphInputs inputs, IReadOnlyList<int> main, IReadOnlyList<bool> isFixed, int batchAxis)
    {
        (this.inputs, this.isFixed) = (inputs, isFixed);
        var shape = inputs.Main.Shape!;
        for (var i = 0; i < main.Count; i++)
        {
            if (shape[i].Symbol is { } symbol)
                bySymbol[symbol] = main[i];
        }

        batch = batchAxis < main.Count ? main[batchAxis] : 1;
        Main = Symbol.Whole(ChainStage.Input(), Tags(inputs.Main, main));
        States = [.. inputs.States.Select(s => new StateInput(s.Name, Tags(s, Sizes(s))))];
        if (inputs.Lengths is { } lengths)
            Lengths = MakeLengths(Sizes(lengths)[0], main.Where((_, i) => i != batchAxis).FirstOrDefault(1));
    }

    /// <summary>The input with the sequences.</summary>
    public Symbol Main { get; }

    /// <summary>Its dimensions.</summary>
    public IReadOnlyList<AxisTag> MainAxes => [.. Main.Axes.Select(a => a[0].Tag)];

    /// <summary>The lengths of the sequences, which differ if there are enough steps; null if there is no such input.</summary>
    public double[]? Lengths { get; }

    public IReadOnlyList<StateInput> States { get; }

    /// <summary>The values of the inputs.</summary>
    public IEnumerable<(string Name, Value Value)> Values()
    {
        yield return (inputs.Main.Name, Main);
        if (inputs.Lengths is { } lengths)
        {
            var numbers = new Tensor([Lengths!.Length], Lengths, lengths.Type);
            yield return (lengths.Name, new ConstantValue(lengths.Name, numbers, isFixed: false));
        }

        foreach (var state in States)
            yield return (state.Name, Symbol.Whole(state, state.Axes));
    }

    /// <summary>The only size that the file allows for the dimension of the sequences that is time, or batch; null for any. What the graph
    /// adds itself has size 1.</summary>
    public int? Fixed(Axis role)
    {
        for (var i = 0; i < isFixed.Count; i++)
        {
            if (MainAxes[i].Role == role)
                return isFixed[i] ? MainAxes[i].Size : null;
        }

        return 1;
    }

    private static AxisTag[] Tags(OnnxValue input, IReadOnlyList<int> sizes) =>
        [.. sizes.Select((size, i) => new AxisTag($"dimension {i} of '{input.Name}'", size))];

    private int[] Sizes(OnnxValue input) => [.. input.Shape!.Select(d =>
        d.Size is { } size ? checked((int)size) : d.Symbol is { } symbol && bySymbol.TryGetValue(symbol, out var known) ? known : batch)];

    // The longest stands in the middle, so that a file that sorts sequences by their lengths moves them.
    private static double[] MakeLengths(int count, int steps)
    {
        var lengths = new double[count];
        for (var i = 0; i < count; i++)
            lengths[i] = steps - ((i + count - (count / 2)) % count % steps);
        if (count == 1 && steps > 1)
            lengths[0] = steps - 1;
        return lengths;
    }
}
