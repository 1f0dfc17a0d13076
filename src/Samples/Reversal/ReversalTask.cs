using FastRnn.Parameters;

namespace FastRnn.Samples.Reversal;

/// <summary>Say it backwards: for an encoder, which reads the whole sequence, and a decoder, which says it from its end. The symbol that
/// was read first is wanted last, so that what a state can hold is not enough for a long sequence: attention is.</summary>
internal static class ReversalTask
{
    /// <summary>Symbols, then the tokens at which the decoder begins and stops.</summary>
    public const int Symbols = 10, Start = Symbols, End = Symbols + 1, Vocabulary = Symbols + 2;

    /// <summary>Steps of the decoder: every symbol, and <see cref="End"/>.</summary>
    public static int DecoderSteps(int length) => length + 1;

    /// <summary>Makes a batch, all of the same length.</summary>
    /// <param name="random">Where symbols come from.</param>
    /// <param name="length">L: symbols of a sequence.</param>
    /// <param name="batch">B.</param>
    /// <param name="source">Receives <c>[L, B]</c>: what the encoder reads.</param>
    /// <param name="tokens">Receives <c>[L + 1, B]</c>: what the decoder reads, <see cref="Start"/> and then each right answer.</param>
    /// <param name="targets">Receives <c>[L + 1, B]</c>: the sequence from its end, then <see cref="End"/>.</param>
    public static void Fill(RandomSource random, int length, int batch, Span<int> source, Span<int> tokens, Span<int> targets)
    {
        tokens[..batch].Fill(Start);
        targets[(length * batch)..((length + 1) * batch)].Fill(End);
        for (var t = 0; t < length; t++)
        {
            var mirrored = length - 1 - t;
            for (var row = 0; row < batch; row++)
            {
                var symbol = random.NextInt(Symbols);
                source[t * batch + row] = symbol;
                targets[mirrored * batch + row] = tokens[(mirrored + 1) * batch + row] = symbol;
            }
        }
    }
}
