using FastRnn.Parameters;

namespace FastRnn.Samples.Keywords;

/// <summary>What the mouth does during a word: the synthesizer's parameters every 5 ms. Each sound sets targets; formants then are smoothed
/// by running means, which is how a vowel tells of its neighbours.</summary>
internal sealed class Articulation
{
    public const int Milliseconds = 5;

    private readonly List<Gesture> gestures = [];
    private readonly Speaker speaker;
    private readonly RandomSource random;

    /// <param name="sounds">The word.</param>
    /// <param name="speaker">Who says it.</param>
    /// <param name="random">How this time.</param>
    public Articulation(Phoneme[] sounds, Speaker speaker, RandomSource random)
    {
        (this.speaker, this.random) = (speaker, random);
        Rest(sounds[0]);
        var lastVowel = Array.FindLastIndex(sounds, sound => sound.Kind == PhonemeKind.Vowel);
        for (var i = 0; i < sounds.Length; i++)
        {
            var (before, next) = (i > 0 ? sounds[i - 1] : null, i + 1 < sounds.Length ? sounds[i + 1] : null);
            var duration = sounds[i].Milliseconds * speaker.Pace * Math.Exp(0.15 * random.NextGaussian()) * (i == lastVowel ? 1.35 : 1);
            switch (sounds[i].Kind)
            {
                case PhonemeKind.Vowel:
                    Vowel(sounds[i], duration);
                    break;
                case PhonemeKind.Aspirate:
                    Add(next ?? sounds[i], duration, gesture => gesture with { Voice = 0, Breath = sounds[i].Noise });
                    break;
                case PhonemeKind.Stop:
                    Stop(sounds[i], before, next, duration);
                    break;
                case PhonemeKind.Fricative:
                    var noise = sounds[i].Noise * speaker.Hiss;
                    Add(sounds[i], 10, gesture => gesture with { Noise = noise / 2 });
                    Add(sounds[i], duration - 20, gesture => gesture with { Noise = noise });
                    Add(sounds[i], 10, gesture => gesture with { Noise = noise / 2 });
                    break;
                default:
                    Add(sounds[i], duration, gesture => gesture);
                    break;
            }
        }

        Rest(sounds[^1]);
        Smooth();
    }

    public IReadOnlyList<Gesture> Gestures => gestures;

    /// <summary>The mouth is where the sound is, but nothing is heard: it begins and ends softly.</summary>
    private void Rest(Phoneme sound) => Add(sound, 20, gesture => gesture with { Voice = 0 });

    private void Vowel(Phoneme vowel, double duration)
    {
        Add(vowel, duration, gesture => gesture);
        if (vowel.Glide is { } glide)
        {
            var count = (int)(duration / Milliseconds);
            for (var i = 0; i < count; i++)
            {
                var part = Math.Clamp(((double)i / count - 0.35) / 0.45, 0, 1);
                var at = gestures.Count - count + i;
                gestures[at] = gestures[at] with
                {
                    F1 = gestures[at].F1 * (1 + part * (glide[0] / vowel.Formants[0] - 1)),
                    F2 = gestures[at].F2 * (1 + part * (glide[1] / vowel.Formants[1] - 1)),
                    F3 = gestures[at].F3 * (1 + part * (glide[2] / vowel.Formants[2] - 1)),
                };
            }
        }
    }

    /// <summary>Closure, burst, and of those without voice a breath in which the formants already move to the next sound.</summary>
    private void Stop(Phoneme stop, Phoneme? before, Phoneme? next, double duration)
    {
        // The tongue closes for K and G further back beside a back vowel.
        var isBack = stop.Name is "K" or "G" && (next ?? before) is { } neighbour && neighbour.Formants[1] < 1400;
        var place = isBack ? stop with { Formants = [stop.Formants[0], 1200, 2300], NoiseCentre = 1250 } : stop;
        if (before is not null || stop.Voicing > 0)
        {
            Add(place, duration, gesture => gesture);
        }

        if (next is null && random.NextDouble() > speaker.Releases)
        {
            return;
        }

        Add(place, stop.Voicing > 0 ? 5 : 10, gesture => gesture with { Voice = 0, Noise = stop.Noise * speaker.Hiss });
        if (stop.Voicing == 0)
        {
            var isAfterS = before?.Name == "S";
            Add(next is { Kind: not PhonemeKind.Stop } ? next : place, (isAfterS ? 10 : 40) * speaker.Pace, gesture =>
                gesture with { Voice = 0, Noise = 0, Breath = next is null ? 0.02 : 0.05 });
        }
    }

    private void Add(Phoneme sound, double milliseconds, Func<Gesture, Gesture> change)
    {
        var accent = speaker.Accent(sound);
        var (f, w, isNasal) = (sound.Formants, sound.Widths, sound.Kind == PhonemeKind.Nasal ? 1.0 : 0);
        var chance = speaker.Scale * Math.Exp(0.02 * random.NextGaussian());
        var gesture = change(new Gesture(
            f[0] * accent.F1 * speaker.Scale, f[1] * accent.F2 * chance, f[2] * chance, w[0] * speaker.Widths, w[1] * speaker.Widths,
            w[2] * speaker.Widths, isNasal,
            sound.Voicing, 0, 0, sound.NoiseCentre * Math.Sqrt(speaker.Scale), sound.NoiseWidth));
        for (var i = (int)(milliseconds / Milliseconds); i > 0; i--)
        {
            gestures.Add(gesture);
        }
    }

    /// <summary>Running means, twice: formants over what the speaker's laziness says, voice and nose over 15 ms. Noise keeps its
    /// edges.</summary>
    private void Smooth()
    {
        for (var turn = 0; turn < 2; turn++)
        {
            var old = gestures.ToArray();
            for (var t = 0; t < old.Length; t++)
            {
                var slow = old.AsSpan(Math.Max(0, t - speaker.Smoothing)..Math.Min(old.Length, t + speaker.Smoothing + 1));
                var fast = old.AsSpan(Math.Max(0, t - 1)..Math.Min(old.Length, t + 2));
                double f1 = 0, f2 = 0, f3 = 0, w1 = 0, w2 = 0, w3 = 0, nose = 0, voice = 0, breath = 0;
                foreach (ref readonly var gesture in slow)
                {
                    (f1, f2, f3) = (f1 + gesture.F1, f2 + gesture.F2, f3 + gesture.F3);
                    (w1, w2, w3) = (w1 + gesture.W1, w2 + gesture.W2, w3 + gesture.W3);
                }

                foreach (ref readonly var gesture in fast)
                {
                    (nose, voice, breath) = (nose + gesture.Nose, voice + gesture.Voice, breath + gesture.Breath);
                }

                var (n, m) = (slow.Length, fast.Length);
                gestures[t] = old[t] with
                {
                    F1 = f1 / n,
                    F2 = f2 / n,
                    F3 = f3 / n,
                    W1 = w1 / n,
                    W2 = w2 / n,
                    W3 = w3 / n,
                    Nose = nose / m,
                    Voice = voice / m,
                    Breath = breath / m,
                };
            }
        }
    }
}
