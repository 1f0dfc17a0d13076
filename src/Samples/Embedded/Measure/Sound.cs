namespace FastRnn.Embedded.Measure;

/// <summary>A second of sound at 48 kHz, to be repeated.</summary>
internal static class Sound
{
    public const int Rate = 48_000;
    public const int Block = 64;

    /// <summary>Plucked strings: four chords of three notes with four overtones each, which fade.</summary>
    public static float[] Music()
    {
        var sound = new float[Rate];
        ReadOnlySpan<float> notes = [110, 164.81f, 220, 130.81f, 196, 261.63f, 98, 146.83f, 196, 123.47f, 185, 246.94f];
        for (var i = 0; i < sound.Length; i++)
        {
            var (chord, time) = (i / (Rate / 4), i % (Rate / 4) / (float)Rate);
            for (var note = 0; note < 3; note++)
            {
                for (var overtone = 1; overtone <= 4; overtone++)
                {
                    var frequency = notes[(chord * 3) + note] * overtone;
                    sound[i] += 0.2f / overtone * MathF.Exp(-6 * time * overtone) * MathF.Sin(2 * MathF.PI * frequency * time);
                }
            }
        }

        return sound;
    }

    /// <summary>One number all the time.</summary>
    public static float[] Constant(float value)
    {
        var sound = new float[Rate];
        Array.Fill(sound, value);
        return sound;
    }
}
