using System.Collections.Immutable;

namespace FastRnn.Samples.Music;

/// <summary>A note, and how it is a token: every pair of a pitch and a length is one; besides there are START and END.</summary>
/// <param name="Pitch">Of MIDI, <see cref="Lowest"/> to <see cref="Highest"/>; 60 is the C in the middle of a piano.</param>
/// <param name="Length">In eighths, one of <see cref="Lengths"/>.</param>
internal readonly record struct Note(int Pitch, int Length)
{
    public const int Lowest = 48, Highest = 84;

    /// <summary>The lengths that there are, in eighths.</summary>
    public static readonly ImmutableArray<int> Lengths = [1, 2, 3, 4, 6, 8];

    public const int Start = 0, End = 1, Vocabulary = 2 + (Highest - Lowest + 1) * 6;

    /// <summary>From 2 to <see cref="Vocabulary"/> - 1.</summary>
    public int Token => 2 + (Pitch - Lowest) * Lengths.Length + Lengths.IndexOf(Length);

    /// <summary>The note of a token that is neither START nor END.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no note.</exception>
    public static Note Of(int token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(token, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Vocabulary);
        return new Note(Lowest + (token - 2) / Lengths.Length, Lengths[(token - 2) % Lengths.Length]);
    }
}
