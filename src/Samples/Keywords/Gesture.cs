namespace FastRnn.Samples.Keywords;

/// <summary>The synthesizer's parameters for 5 ms.</summary>
/// <param name="F1">The first formant in hertz; F2 and F3 are the next ones, W1, W2 and W3 their bandwidths.</param>
/// <param name="Nose">0, or 1 where the sound leaves through the nose.</param>
/// <param name="Voice">Amplitude of the voice.</param>
/// <param name="Breath">Amplitude of noise at the glottis, which takes the voice's way.</param>
/// <param name="Noise">Amplitude of noise at a constriction of the mouth, with its middle and bandwidth in hertz.</param>
internal readonly record struct Gesture(
    double F1, double F2, double F3, double W1, double W2, double W3, double Nose, double Voice, double Breath, double Noise,
    double NoiseCentre, double NoiseWidth);
