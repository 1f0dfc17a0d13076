using FastRnn.Parameters;

namespace FastRnn.Samples.Memory;

/// <summary>A message, a long nothing, a sign: repeat it (Hochreiter and Schmidhuber 1997, in the form of Arjovsky, Shah and Bengio 2016,
/// whose message is twice as long). Without memory the best that one can do is to guess one of eight:
/// <see cref="LossWithoutMemory"/>.</summary>
internal static class CopyTask
{
    /// <summary>Symbols to remember, then <see cref="Blank"/> and <see cref="Go"/>.</summary>
    public const int Symbols = 8, Blank = Symbols, Go = Symbols + 1, Vocabulary = Symbols + 2;

    /// <summary>Symbols of a message.</summary>
    public const int Length = 5;

    /// <summary>Steps of a sequence: message, blanks, sign and answer. The sign is the last of the blanks, at step
    /// <c>Length + lag - 1</c>.</summary>
    /// <param name="lag">Steps from the end of the message to the begin of the answer, at least 1.</param>
    public static int Steps(int lag) => lag + 2 * Length;

    /// <summary>Nats a position, by one who answers with blanks until the sign and then guesses.</summary>
    public static double LossWithoutMemory(int lag) => Length * Math.Log(Symbols) / Steps(lag);

    /// <summary>Makes a batch.</summary>
    /// <param name="random">Where messages come from.</param>
    /// <param name="lag">At least 1.</param>
    /// <param name="batch">B.</param>
    /// <param name="tokens">Receives <c>[Steps, B]</c>: message, blanks, <see cref="Go"/>, blanks.</param>
    /// <param name="targets">Receives <c>[Steps, B]</c>: blanks, then the message in the last <see cref="Length"/> steps.</param>
    public static void Fill(RandomSource random, int lag, int batch, Span<int> tokens, Span<int> targets)
    {
        var answer = Length + lag;
        tokens.Fill(Blank);
        targets.Fill(Blank);
        tokens.Slice((answer - 1) * batch, batch).Fill(Go);
        for (var i = 0; i < Length * batch; i++)
        {
            tokens[i] = targets[answer * batch + i] = random.NextInt(Symbols);
        }
    }
}
