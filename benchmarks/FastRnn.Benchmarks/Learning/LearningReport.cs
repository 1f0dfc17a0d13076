namespace FastRnn.Benchmarks.Learning;

/// <summary>The line of <c>--json</c>.</summary>
/// <param name="Points">The validation losses on the way.</param>
internal sealed record LearningReport(IReadOnlyList<LearningPoint> Points);
