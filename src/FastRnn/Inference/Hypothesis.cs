namespace FastRnn.Inference;

/// <summary>A sequence that a <see cref="BeamSearch{TModel}"/> found.</summary>
/// <param name="Tokens">Without START and END.</param>
/// <param name="LogProbability">The logarithm of its probability, that of END included if it ended.</param>
/// <param name="Score">That divided by what <see cref="BeamOptions.LengthPenalty"/> says: by this they are compared.</param>
/// <param name="HasEnded">Whether END came, and not the cap.</param>
public sealed record Hypothesis(IReadOnlyList<int> Tokens, double LogProbability, double Score, bool HasEnded);
