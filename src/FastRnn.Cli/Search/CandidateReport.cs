namespace FastRnn.Cli.Search;

/// <summary>A candidate in the line of <c>--json</c>.</summary>
/// <param name="Cell">A built-in cell, or the class of the user's.</param>
/// <param name="HiddenSizes">Units, layer by layer.</param>
/// <param name="EmbeddingSize">Length of the vector of a byte.</param>
/// <param name="Dropout">Behind each recurrent layer.</param>
/// <param name="Zoneout">Of each recurrent layer.</param>
/// <param name="LearningRate">The largest one.</param>
/// <param name="Parameters">Learned numbers; 0 if it was never made.</param>
/// <param name="Rounds">That it has finished.</param>
/// <param name="Steps">Of training.</param>
/// <param name="ValidationLoss">Nats a byte after its last round, or null.</param>
/// <param name="BytesPerSecond">Learned in its last round.</param>
internal sealed record CandidateReport(
    string Cell, IReadOnlyList<int> HiddenSizes, int EmbeddingSize, double Dropout, double Zoneout, float LearningRate, int Parameters,
    int Rounds, long Steps, double? ValidationLoss, double BytesPerSecond)
{
    public static CandidateReport Of(Candidate candidate) => new(
        candidate.Model.Cell, candidate.Model.HiddenSizes, candidate.Model.EmbeddingSize, candidate.Model.Dropout, candidate.Model.Zoneout,
        candidate.LearningRate, candidate.Parameters, candidate.Rounds, candidate.Steps, candidate.Loss, candidate.BytesPerSecond);
}
