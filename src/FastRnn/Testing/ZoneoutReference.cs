using System.ComponentModel;

using FastRnn.Language;

namespace FastRnn.Testing;

/// <summary>A cell whose units keep their old values by chance (zoneout, Krueger et al. 2016) in double precision: the cell as it was
/// written, and after its step <c>s = m s_old + (1 - m) s_new</c> for each state that is held.</summary>
/// <remarks>Its states are the cell's own, then the mask m of each that is held, which it only reads: 1 keeps a unit, 0 lets it go on, the
/// numbers between are the mean of both.</remarks>
/// <param name="cell">The cell.</param>
/// <param name="held">The states that are held, in the order of their masks.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ZoneoutReference(ICell cell, IReadOnlyList<int> held) : ICell
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number of states is wrong.</exception>
    public double[][] Step(double[] x, double[][] states)
    {
        var own = states.Length - held.Count;
        if (own <= held.Max())
        {
            throw new ArgumentException($"States: expected those of the cell and one for each mask, got {states.Length}.", nameof(states));
        }

        var next = cell.Step(x, states[..own]);
        for (var i = 0; i < held.Count; i++)
        {
            var (old, mask) = (states[held[i]], states[own + i]);
            next[held[i]] = [.. next[held[i]].Select((s, unit) => (mask[unit] * old[unit]) + ((1 - mask[unit]) * s))];
        }

        return [.. next, .. states[own..]];
    }
}
