namespace FastRnn.Cli.Search;

/// <summary>What came out: the line of <c>--json</c>. The best comes first.</summary>
/// <param name="Outcome"><c>finished</c>, <c>interrupted</c> or <c>diverged</c>.</param>
/// <param name="Candidates">All of them.</param>
/// <param name="Model">Where the best is saved; null if there is none.</param>
internal sealed record SearchReport(string Outcome, IReadOnlyList<CandidateReport> Candidates, string? Model);
