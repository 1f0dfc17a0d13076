namespace FastRnn.Benchmarks.Comparison;

/// <summary>A rival as it takes part.</summary>
/// <param name="Rival">The rival.</param>
/// <param name="Candidate">Which of its candidates.</param>
/// <param name="Side">Its run and its times.</param>
internal sealed record Entrant(Rival Rival, Candidate Candidate, Side Side) : IDisposable
{
    public void Dispose() => Side.Dispose();
}
