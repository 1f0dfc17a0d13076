using FastRnn.Parameters;

namespace FastRnn.Samples.Music;

/// <summary>What a melody shall be like: the vector from which a model starts.</summary>
/// <param name="Scale">An index of <see cref="Scales"/>.</param>
/// <param name="BeatsPerBar">3 or 4.</param>
/// <param name="Register">From 0, low, to 1, high.</param>
/// <param name="Density">From 0, long notes, to 1, short ones.</param>
/// <param name="Contour">An index of <see cref="Contours"/>.</param>
internal readonly record struct Style(int Scale, int BeatsPerBar, float Register, float Density, int Contour)
{
    public static readonly IReadOnlyList<string> ScaleNames = ["major", "minor", "pentatonic", "blues"];
    public static readonly IReadOnlyList<string> Contours = ["rising", "falling", "arch"];

    /// <summary>Semitones above the tonic, C.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<int>> Scales =
        [[0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 4, 7, 9], [0, 3, 5, 6, 7, 10]];

    /// <summary>Numbers of <see cref="ToVector"/>.</summary>
    public const int Size = 4 + 2 + 1 + 1 + 3;

    /// <summary>Whether a pitch of MIDI belongs to the scale.</summary>
    public bool Allows(int pitch) => Scales[Scale].Contains(pitch % 12);

    /// <summary>The pitch around which the melody should move, of MIDI, at a part of its length from 0 to 1.</summary>
    public double Centre(double part) => 57 + 15 * Register + 6 * Contours[Contour] switch
    {
        "rising" => 2 * part - 1,
        "falling" => 1 - 2 * part,
        _ => 1 - 2 * Math.Abs(2 * part - 1),
    };

    /// <summary>The style as <see cref="Size"/> numbers: what is one of several as one-hot, what is more or less as itself.</summary>
    public float[] ToVector()
    {
        var vector = new float[Size];
        vector[Scale] = 1;
        vector[4 + BeatsPerBar - 3] = 1;
        vector[6] = Register;
        vector[7] = Density;
        vector[8 + Contour] = 1;
        return vector;
    }

    /// <summary>A few words.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{ScaleNames[Scale]}, {BeatsPerBar} beats, register {Register:f2}, density {Density:f2}, {Contours[Contour]}");

    public static Style Draw(RandomSource random) => new(
        random.NextInt(Scales.Count), 3 + random.NextInt(2), random.NextSingle(), random.NextSingle(), random.NextInt(Contours.Count));
}
