using System.Numerics.Tensors;

using FastRnn.Parameters;

namespace FastRnn.Samples.Keywords;

/// <summary>A word spoken once by somebody.</summary>
/// <param name="Sound">Of mean square 1 where it is heard.</param>
/// <param name="Begin">The first sample that is heard, and behind the last one <paramref name="End"/>: the parts within 30 dB of the
/// loudest one.</param>
internal sealed record Utterance(float[] Sound, int Begin, int End)
{
    private const int Block = LogMel.Hop;

    /// <summary>Lets a new speaker say something.</summary>
    public static Utterance Speak(RandomSource random, Phoneme[] sounds)
    {
        var sound = new Voice(random).Speak(sounds, new Speaker(random));
        var energies = new float[sound.Length / Block];
        for (var i = 0; i < energies.Length; i++)
        {
            energies[i] = TensorPrimitives.SumOfSquares(sound.AsSpan(i * Block, Block));
        }

        var least = 1e-3f * TensorPrimitives.Max(energies);
        var (first, last) =
            (Array.FindIndex(energies, energy => energy >= least), Array.FindLastIndex(energies, energy => energy >= least));
        var (begin, end) = (first * Block, (last + 1) * Block);
        TensorPrimitives.Multiply(
            sound, 1 / MathF.Sqrt(TensorPrimitives.SumOfSquares(sound.AsSpan(begin, end - begin)) / (end - begin)), sound);
        return new Utterance(sound, begin, end);
    }
}
