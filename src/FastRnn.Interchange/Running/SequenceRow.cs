namespace FastRnn.Interchange.Running;

/// <summary>A sequence that is run.</summary>
/// <param name="Batch">Which one of the file's batch.</param>
/// <param name="Steps">Its steps, those that are masked left out.</param>
internal sealed record SequenceRow(int Batch, IReadOnlyList<int> Steps);
