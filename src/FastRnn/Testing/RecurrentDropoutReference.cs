using System.ComponentModel;

using FastRnn.Language;

namespace FastRnn.Testing;

/// <summary>A cell under recurrent dropout (Gal and Ghahramani 2016) in double precision. A matrix times a masked state, <c>U (m h)</c>, is
/// the matrix with its columns multiplied by the mask, times the state itself, <c>(U diag(m)) h</c>: so this is the cell as it was written,
/// with other numbers.</summary>
/// <remarks>Its states are the cell's own, then for each masked state s the mask m, which stays, and <c>s m</c>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RecurrentDropoutReference : ICell
{
    private readonly CellParameters parameters;
    private readonly Func<CellParameters, ICell> create;
    private readonly int[] masked;
    private readonly (int Matrix, int State)[] products;

    /// <summary>Makes the cell.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="create">Makes the cell without dropout.</param>
    /// <param name="masked">The states under a mask, in the order in which their masks follow the cell's own states.</param>
    /// <param name="products">Which matrices multiply which of them: the parameter, and the state.</param>
    public RecurrentDropoutReference(
        CellParameters parameters, Func<CellParameters, ICell> create, IReadOnlyList<int> masked,
        IReadOnlyList<(int Matrix, int State)> products)
    {
        this.parameters = parameters;
        this.create = create;
        this.masked = [.. masked];
        this.products = [.. products];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number of states or the length of one is wrong.</exception>
    public double[][] Step(double[] x, double[][] states)
    {
        var own = states.Length - 2 * masked.Length;
        if (own <= masked.Max())
        {
            throw new ArgumentException($"States: expected those of the cell and two for each mask, got {states.Length}.", nameof(states));
        }

        var scaled = parameters;
        foreach (var (matrix, state) in products)
        {
            scaled = scaled.WithColumns(matrix, states[own + 2 * Array.IndexOf(masked, state)]);
        }

        var next = create(scaled).Step(x, states[..own]);
        return [.. next, .. masked.SelectMany((state, i) => new[] { states[own + 2 * i], Product(next[state], states[own + 2 * i]) })];
    }

    private static double[] Product(double[] state, double[] mask) => [.. state.Zip(mask, (s, m) => s * m)];
}
