namespace FastRnn.Samples.Keywords;

/// <summary>How a sound is made.</summary>
internal enum PhonemeKind
{
    Vowel,
    Approximant,
    Nasal,
    Fricative,
    Stop,
    Aspirate,
}
