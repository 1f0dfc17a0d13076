using FastRnn.Parameters;

namespace FastRnn.Samples.Keywords;

/// <summary>Words and how they are spoken. Some keywords have a second pronunciation.</summary>
internal static class Lexicon
{
    private static readonly string[][] Keywords =
    [
        ["Y EH S"], ["N OW"], ["AH P"], ["D AW N"], ["L EH F T"], ["R AY T"], ["AA N", "AO N"], ["AO F", "AA F"], ["S T AA P"], ["G OW"],
    ];

    /// <summary>Other words of the same data set, some that sound like keywords, and keywords said backwards.</summary>
    private static readonly string[] LessonWords =
    [
        "B EH D", "B ER D", "K AE T", "D AO G", "EY T", "F AY V", "F AO R", "HH AE P IY", "HH AW S", "M AA R V IH N", "N AY N",
        "S EH V AX N", "SH IY L AX", "S IH K S", "TH R IY",
        "T R IY", "T UW", "W AW", "Z IH R OW", "N OW T", "Y EH T", "L IH F T", "L AY T", "T AW N", "S T EH P", "G OW T", "S EH Y",
        "P AA T S", "W OW", "T F EH L", "F AO", "N AW D", "P AH",
        "OW", "AA", "S T", "AO L", "W IH TH", "DH AX",
    ];

    /// <summary>Words that no lesson contains: the test's.</summary>
    private static readonly string[] TestWords =
    [
        "W AH N", "F AA L OW", "L ER N", "B AE K W ER D", "V IH ZH UW AX L", "B OY", "M UW N", "K IY P", "S N OW", "G EY M", "R EH D",
        "K AH P", "T AO K", "R IH NG", "Y UW", "HH AY", "D EY Z", "S P IY K", "L AE S T", "AE N D",
    ];

    private static readonly Phoneme[] Vowels = [.. Phonemes.OfKind(PhonemeKind.Vowel)];

    private static readonly Phoneme[] Consonants =
        [.. new[] { PhonemeKind.Approximant, PhonemeKind.Nasal, PhonemeKind.Aspirate, PhonemeKind.Fricative, PhonemeKind.Stop }
            .SelectMany(Phonemes.OfKind).Where(p => p.Name != "NG")];

    private static readonly Phoneme[][][] KeywordSounds = [.. Keywords.Select(ways => ways.Select(Phonemes.Read).ToArray())];

    private static readonly Phoneme[][] LessonSounds = [.. LessonWords.Select(Phonemes.Read)],
        TestSounds = [.. TestWords.Select(Phonemes.Read)];

    /// <summary>A keyword in one of its pronunciations.</summary>
    public static Phoneme[] Draw(RandomSource random, int keyword) => KeywordSounds[keyword][random.NextInt(KeywordSounds[keyword].Length)];

    /// <summary>Anything else: for lessons a known word or syllables that nobody knows; for tests a word that is not in the
    /// lessons.</summary>
    public static Phoneme[] DrawUnknown(RandomSource random, bool isTest)
    {
        if (isTest || random.NextInt(2) == 0)
        {
            var words = isTest ? TestSounds : LessonSounds;
            return words[random.NextInt(words.Length)];
        }

        while (true)
        {
            var sounds = Syllables(random);
            if (!IsKnown(sounds))
            {
                return sounds;
            }
        }
    }

    /// <summary>One or two of consonant, vowel, consonant, with gaps.</summary>
    private static Phoneme[] Syllables(RandomSource random)
    {
        var sounds = new List<Phoneme>();
        for (var syllables = 1 + random.NextInt(2); syllables > 0; syllables--)
        {
            if (random.NextInt(5) > 0)
            {
                sounds.Add(Consonants[random.NextInt(Consonants.Length)]);
            }

            sounds.Add(Vowels[random.NextInt(Vowels.Length)]);
            if (random.NextInt(2) == 0)
            {
                sounds.Add(Consonants[random.NextInt(Consonants.Length)]);
            }
        }

        return [.. sounds];
    }

    private static bool IsKnown(Phoneme[] sounds) =>
        KeywordSounds.Any(ways => ways.Any(sounds.SequenceEqual)) || TestSounds.Any(sounds.SequenceEqual);
}
