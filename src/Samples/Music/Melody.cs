namespace FastRnn.Samples.Music;

/// <summary>A melody, and the style that was asked for.</summary>
/// <param name="Style">What it should be like.</param>
/// <param name="Notes">One after the other.</param>
/// <param name="Ended">Whether it ended by itself.</param>
internal sealed record Melody(Style Style, IReadOnlyList<Note> Notes, bool Ended = true);
