using FastRnn.Parameters;

namespace FastRnn.Samples.Keywords;

/// <summary>A formant synthesizer after Klatt (1980): the glottis' pulses (of Klatt and Klatt 1990: the flow is <c>t^2 - t^3</c> while it
/// is open) and its breath go through a cascade of resonators, noise of the mouth beside it through one of its own.</summary>
internal sealed class Voice(RandomSource random)
{
    private const int Step = LogMel.SampleRate * Articulation.Milliseconds / 1000;

    /// <summary>The nose: a pole that does nothing until its zero moves away (Klatt's values).</summary>
    private const double NosePole = 270, NoseZero = 450, NoseWidth = 100;

    private readonly Resonator[] formants = new Resonator[8];
    private Resonator nose, antiNose, mouth;
    private double phase = 1, period = 1, strength, soft;

    /// <summary>Speaks a word.</summary>
    public float[] Speak(Phoneme[] sounds, Speaker speaker)
    {
        var gestures = new Articulation(sounds, speaker, random).Gestures;
        var sound = new float[gestures.Count * Step];
        var count = 3 + speaker.Higher.Length;
        for (var i = 3; i < count; i++)
        {
            formants[i].Tune(speaker.Higher[i - 3], (150 + 100 * (i - 3)) * speaker.Widths);
        }

        var stress = 0.25 + 0.3 * random.NextDouble();
        Gesture last = default;
        for (var t = 0; t < gestures.Count; t++)
        {
            var gesture = gestures[t];
            Tune(gesture, speaker);
            var place = t / (double)gestures.Count;
            var pitch = speaker.Pitch * Math.Exp(speaker.PitchRange * (Math.Exp(-12 * (place - stress) * (place - stress)) - place)
                + speaker.FinalPitch * Math.Max(0, place - 0.6) / 0.4);
            var fading = 1 - 0.6 * Math.Max(0, place - 0.6) / 0.4;
            for (var n = 0; n < Step; n++)
            {
                var part = (n + 1.0) / Step;
                var voice = (last.Voice + part * (gesture.Voice - last.Voice)) * fading;
                var breath = last.Breath + part * (gesture.Breath - last.Breath);
                var noise = last.Noise + part * (gesture.Noise - last.Noise);
                var y = Glottis(pitch, voice, breath, speaker);
                y = antiNose.Undo(nose.Next(y));
                for (var i = 0; i < count; i++)
                {
                    y = formants[i].Next(y);
                }

                sound[t * Step + n] = (float)(y + noise * mouth.Next(White()));
            }

            last = gesture;
        }

        return sound;
    }

    private void Tune(in Gesture gesture, Speaker speaker)
    {
        formants[0].Tune(gesture.F1, gesture.W1);
        formants[1].Tune(gesture.F2, gesture.W2);
        formants[2].Tune(gesture.F3, gesture.W3);
        nose.Tune(NosePole * speaker.Scale, NoseWidth);
        antiNose.Tune((NosePole + gesture.Nose * (NoseZero - NosePole)) * speaker.Scale, NoseWidth);
        mouth.TuneForNoise(Math.Min(gesture.NoiseCentre, 7000), gesture.NoiseWidth);
    }

    /// <summary>The derivative of the flow through the glottis: the lips radiate it.</summary>
    private double Glottis(double pitch, double voice, double breath, Speaker speaker)
    {
        phase += 1 / period;
        if (phase >= 1)
        {
            phase -= 1;
            period = LogMel.SampleRate / pitch * (1 + speaker.Jitter * random.NextGaussian());
            strength = 1 + speaker.Shimmer * random.NextGaussian();
        }

        var t = phase / speaker.OpenQuotient;
        var isOpen = t < 1;
        var flow = isOpen ? strength * (2 * t - 3 * t * t) : 0;
        soft += (1 - speaker.Tilt) * (voice * flow - soft);
        var wind = breath + voice * speaker.Breath * (isOpen ? 1 : 0.3);
        return soft + wind * White();
    }

    /// <summary>White noise of variance 1.</summary>
    private double White() => (2 * random.NextSingle() - 1) * 1.7320508;
}
