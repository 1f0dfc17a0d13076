namespace FastRnn.Interchange.Certificates;

/// <summary>One output held against what it should be.</summary>
/// <param name="Inputs">Which inputs: <c>random 3</c>, <c>extreme 1</c>, <c>test of the file</c>.</param>
/// <param name="Sides">What was compared: <c>model against the file's own rules</c>.</param>
/// <param name="Output">The output's name in the file.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Difference">The largest |a - b| / max(1, |b|).</param>
/// <param name="Tolerance">What is allowed.</param>
internal sealed record Comparison(string Inputs, string Sides, string Output, string Shape, double Difference, double Tolerance)
{
    /// <summary>Whether it is within the tolerance; not a number is never.</summary>
    public bool Passes => Difference <= Tolerance;
}
