using System.ComponentModel;

namespace FastRnn.Language;

/// <summary>A cell that can be executed in double precision: what the generator adds to every <see cref="CellAttribute"/> class.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public interface ICell
{
    /// <summary>One step of one sequence.</summary>
    /// <param name="x">The input, <c>[I]</c>.</param>
    /// <param name="states">The carried states before the step.</param>
    /// <returns>The states after the step, in the same order.</returns>
    double[][] Step(double[] x, double[][] states);
}
