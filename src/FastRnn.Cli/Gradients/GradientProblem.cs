using FastRnn.Parameters;

namespace FastRnn.Cli.Gradients;

/// <summary>A forward pass whose loss is a sum of all outputs and last states with random factors, so that every gradient is asked
/// for.</summary>
internal sealed class GradientProblem
{
    public const int Steps = 7;
    public const int Batch = 3;
    private readonly RandomSource random;

    public GradientProblem(ModelInfo info, int seed)
    {
        Info = info;
        random = new RandomSource(seed);
        Parameters = Numbers(info.ParameterCount, 0.4);
        Input = Numbers(Steps * Batch * info.InputSize, 1);
        DOutput = Numbers(Steps * Batch * info.OutputSize, 1);
        States = [.. Recurrent.Select(p => Numbers(Batch * p.Size, 0.5))];
        DStates = [.. Recurrent.Select(p => Numbers(Batch * p.Size, 1))];
    }

    public ModelInfo Info { get; }

    public float[] Parameters { get; }

    /// <summary><c>[T, B, I]</c>.</summary>
    public float[] Input { get; }

    /// <summary><c>[T, B, O]</c>.</summary>
    public float[] DOutput { get; }

    /// <summary>The first states, <c>[B, D]</c> each, in the order of <see cref="Recurrent"/>.</summary>
    public float[][] States { get; }

    /// <summary>The gradients of the last states.</summary>
    public float[][] DStates { get; }

    /// <summary>All states of recurrent layers.</summary>
    public IEnumerable<(int Layer, int State, int Size, string Name)> Recurrent =>
        from layer in Enumerable.Range(0, Info.Layers.Count)
        where Info.Layers[layer].IsRecurrent
        from state in Enumerable.Range(0, Info.Layers[layer].States.Count)
        select (layer, state, Info.Layers[layer].States[state].Size, Info.Layers[layer].States[state].Name);

    /// <summary>The bound of a gradient's relative error: <c>4 ceil(log2(K T)) 2^-23</c>, doubled for the way back; K is the longest
    /// sum.</summary>
    public double Bound =>
        2 * 4 * Math.Ceiling(Math.Log2(Info.Layers.Max(layer => layer.InputSize + layer.HiddenSize) * Steps)) * Math.Pow(2, -23);

    private float[] Numbers(int count, double scale)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = (float)(scale * random.NextGaussian());
        }

        return numbers;
    }
}
