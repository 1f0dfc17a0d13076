namespace FastRnn.Samples.Keywords;

/// <summary>The sounds of English that the words need. Formants of simple vowels are the men's means of Peterson and Barney, "Control
/// methods used in a study of the vowels" (1952); diphthongs, consonants and all bandwidths follow tables II and III of Klatt, "Software
/// for a cascade/parallel formant synthesizer" (1980). Noises are one broad peak each, at the place that Stevens, "Acoustic phonetics"
/// (1998), gives for the constriction; levels and durations are rounded.</summary>
internal static class Phonemes
{
    private static readonly Dictionary<string, Phoneme> Table = All().ToDictionary(phoneme => phoneme.Name, StringComparer.Ordinal);

    /// <summary>The sounds of a transcription: <c>Y EH S</c>.</summary>
    public static Phoneme[] Read(string transcription) => [.. transcription.Split(' ').Select(name => Table[name])];

    public static IEnumerable<Phoneme> OfKind(PhonemeKind kind) => Table.Values.Where(phoneme => phoneme.Kind == kind);

    private static IEnumerable<Phoneme> All() =>
    [
        Vowel("IY", 130, [270, 2290, 3010], [45, 200, 400]),
        Vowel("IH", 100, [390, 1990, 2550], [50, 100, 140]),
        Vowel("EH", 110, [530, 1840, 2480], [60, 90, 200]),
        Vowel("AE", 150, [660, 1720, 2410], [70, 150, 320]),
        Vowel("AA", 150, [730, 1090, 2440], [130, 70, 160]),
        Vowel("AO", 150, [570, 840, 2410], [90, 100, 80]),
        Vowel("AH", 110, [640, 1190, 2390], [80, 50, 140]),
        Vowel("UH", 100, [440, 1020, 2240], [80, 100, 80]),
        Vowel("UW", 140, [300, 870, 2240], [65, 110, 140]),
        Vowel("ER", 150, [490, 1350, 1690], [100, 60, 110]),
        Vowel("AX", 70, [500, 1400, 2400], [70, 80, 150]),
        Vowel("EY", 150, [480, 1720, 2520], [70, 100, 200], [330, 2020, 2600]),
        Vowel("OW", 160, [540, 1100, 2300], [80, 70, 70], [450, 900, 2300]),
        Vowel("AY", 180, [660, 1200, 2550], [100, 70, 200], [400, 1880, 2500]),
        Vowel("AW", 180, [640, 1230, 2550], [80, 70, 140], [420, 940, 2350]),
        Vowel("OY", 180, [550, 960, 2400], [80, 50, 130], [360, 1820, 2450]),

        new("W", PhonemeKind.Approximant, 70, [290, 610, 2150], [50, 80, 60], 0.6),
        new("Y", PhonemeKind.Approximant, 70, [260, 2070, 3020], [40, 250, 500], 0.6),
        new("R", PhonemeKind.Approximant, 70, [310, 1060, 1380], [70, 100, 120], 0.6),
        new("L", PhonemeKind.Approximant, 70, [310, 1050, 2880], [50, 100, 280], 0.6),
        new("M", PhonemeKind.Nasal, 80, [480, 1270, 2130], [40, 200, 200], 0.6),
        new("N", PhonemeKind.Nasal, 80, [480, 1340, 2470], [40, 300, 300], 0.6),
        new("NG", PhonemeKind.Nasal, 90, [480, 2000, 2700], [40, 250, 300], 0.6),
        new("HH", PhonemeKind.Aspirate, 60, [500, 1500, 2500], [200, 150, 200], 0) { Noise = 0.06 },

        Fricative("F", 100, [340, 1100, 2080], 0.09, 5500, 6000),
        Fricative("TH", 100, [320, 1290, 2540], 0.08, 6500, 5000),
        Fricative("S", 120, [320, 1390, 2530], 0.28, 5600, 1800),
        Fricative("SH", 120, [300, 1840, 2750], 0.32, 3200, 1500),
        Fricative("V", 60, [220, 1100, 2080], 0.05, 5500, 6000, voicing: 0.4),
        Fricative("DH", 50, [270, 1290, 2540], 0.04, 6500, 5000, voicing: 0.4),
        Fricative("Z", 80, [240, 1390, 2530], 0.16, 5600, 1800, voicing: 0.3),
        Fricative("ZH", 80, [300, 1840, 2750], 0.18, 3200, 1500, voicing: 0.3),

        Stop("P", 70, [400, 1100, 2150], 0.2, 900, 1500),
        Stop("T", 60, [400, 1600, 2600], 0.4, 4500, 2500),
        Stop("K", 65, [300, 1990, 2850], 0.4, 2100, 900),
        Stop("B", 60, [200, 1100, 2150], 0.15, 900, 1500, voicing: 0.12),
        Stop("D", 50, [200, 1600, 2600], 0.3, 4200, 2500, voicing: 0.12),
        Stop("G", 55, [200, 1990, 2850], 0.3, 2000, 900, voicing: 0.12),
    ];

    private static Phoneme Vowel(string name, double milliseconds, double[] formants, double[] widths, double[]? glide = null) =>
        new(name, PhonemeKind.Vowel, milliseconds, formants, widths, 1) { Glide = glide };

    private static Phoneme Fricative(
        string name, double milliseconds, double[] formants, double noise, double centre, double width, double voicing = 0) =>
        new(name, PhonemeKind.Fricative, milliseconds, formants, voicing > 0 ? [60, 90, 150] : [200, 120, 180], voicing)
        {
            Noise = noise,
            NoiseCentre = centre,
            NoiseWidth = width,
        };

    private static Phoneme Stop(
        string name, double milliseconds, double[] formants, double noise, double centre, double width, double voicing = 0) =>
        new(name, PhonemeKind.Stop, milliseconds, formants, [100, 130, 220], voicing)
        {
            Noise = noise,
            NoiseCentre = centre,
            NoiseWidth = width,
        };
}
