using System.Globalization;

using FastRnn.Execution;

namespace FastRnn.Inference;

/// <summary>Where a generation finds the scores of the next token, and where the token goes. Checked once for a generator and for a beam
/// search.</summary>
/// <param name="Input">Which of a position's tokens it is.</param>
/// <param name="Stride">K: tokens of a position.</param>
/// <param name="Vocabulary">Of that input.</param>
/// <param name="Offset">Where its scores begin in the outputs of a step.</param>
/// <param name="Size">How many there are.</param>
internal readonly record struct FedToken(int Input, int Stride, int Vocabulary, int Offset, int Size)
{
    /// <summary>What a model feeds back.</summary>
    /// <param name="info">The model.</param>
    /// <param name="feedback">What is said of it; null if nothing is.</param>
    /// <param name="instead">What to use where it cannot be.</param>
    /// <exception cref="InvalidOperationException">The model reads vectors alone, reads more than the token and nothing says what, several
    /// heads classify or none and nothing says which is meant, or its outputs are not all tokens that it reads.</exception>
    /// <exception cref="ArgumentException">What is said names another head, or no input.</exception>
    public static FedToken Of(ModelInfo info, Feedback? feedback, string instead)
    {
        if (info.TokenCount == 0)
        {
            ArgumentCheck.Tokens(info);
        }

        if (info.Input == InputKind.Mixed && feedback is null)
        {
            throw new InvalidOperationException(
                $"{info.Name} reads more than the token that is fed back: say with Feedback what steps read beside it, or use {instead}.");
        }

        var input = feedback?.Input ?? 0;
        if ((uint)input >= (uint)info.TokenCount)
        {
            throw new ArgumentOutOfRangeException(nameof(feedback), input, string.Create(
                CultureInfo.InvariantCulture, $"Feedback.Input: {info.Name} has inputs of tokens from 0 to {info.TokenCount - 1}."));
        }

        var vocabulary = VocabularyOf(info, input);
        var (offset, size) = Scores(info, feedback?.Head, instead);
        return vocabulary >= size ? new(input, info.TokenCount, vocabulary, offset, size)
            : throw new InvalidOperationException(
                $"{info.Name} puts out {size} numbers, but reads tokens from 0 to {vocabulary - 1}: its outputs cannot be fed back.");
    }

    /// <summary>Refuses what is said to stand beside the token if it has another length.</summary>
    public static void Check(ModelInfo info, Feedback? feedback, int count)
    {
        var (x, tokens) = (feedback?.X.Length ?? 0, feedback?.Tokens.Length ?? 0);
        ArgumentCheck.Length(x, (long)count * info.VectorSize, "Feedback.X", "[B, I]");
        if (info.TokenCount > 1 || tokens > 0)
        {
            ArgumentCheck.Length(tokens, (long)count * info.TokenCount, "Feedback.Tokens", "[B, K]");
        }
    }

    /// <summary>Refuses a sampler where the outputs are no logits.</summary>
    /// <exception cref="InvalidOperationException">The model puts out probabilities.</exception>
    public static void CheckSampler(ModelInfo info, Sampler? sampler)
    {
        if (sampler is not null && info.SoftmaxOutput)
        {
            throw new InvalidOperationException(
                $"{info.Name} puts out probabilities, and a sampler wants logits: declare [Dense] without Softmax "
                    + $"or with LogSoftmax, or take the most probable tokens.");
        }
    }

    /// <summary>Checks what a generation was given, and says how many tokens a sequence may have.</summary>
    /// <param name="startToken">What the first step reads.</param>
    /// <param name="endToken">What ends a sequence, or -1.</param>
    /// <param name="tokens">Room for <c>[B, cap]</c>.</param>
    /// <param name="lengths">Room for <c>[B]</c>.</param>
    /// <param name="count">B.</param>
    public int Cap(int startToken, int endToken, ReadOnlySpan<int> tokens, ReadOnlySpan<int> lengths, int count)
    {
        CheckEnd(endToken);
        ArgumentCheck.Length(lengths.Length, count, nameof(lengths), "[B]");
        var cap = ArgumentCheck.Steps(tokens.Length, count, nameof(tokens), "[B, cap]");
        ArgumentCheck.Apart(tokens, lengths, nameof(tokens), nameof(lengths));
        CheckStart(startToken);
        return cap;
    }

    /// <summary>Refuses a token that has no score and is not -1.</summary>
    public void CheckEnd(int endToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(endToken, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(endToken, Size);
    }

    /// <summary>Refuses a token that the model does not read.</summary>
    public void CheckStart(int startToken) =>
        ArgumentCheck.Vocabulary(new ReadOnlySpan<int>(in startToken), Vocabulary, nameof(startToken), 1);

    /// <summary>The tokens of a step but for the one that is fed: <c>[B, K]</c>.</summary>
    public void Fill(ReadOnlySpan<int> beside, Span<int> tokens, int token)
    {
        if (Stride > 1)
        {
            beside.CopyTo(tokens);
        }

        for (var at = Input; at < tokens.Length; at += Stride)
        {
            tokens[at] = token;
        }
    }

    private static (int Offset, int Size) Scores(ModelInfo info, string? name, string instead)
    {
        if (info.Loss != LossKind.Mixed)
        {
            return name is null ? (0, info.OutputSize)
                : throw new ArgumentException($"Feedback.Head: {info.Name} has no heads, got '{name}'.", nameof(name));
        }

        HeadInfo? found = null;
        var count = 0;
        for (var i = 0; i < info.Heads.Count; i++)
        {
            var head = info.Heads[i];
            if (head.IsClassification && (name is null || head.Name == name))
            {
                (found, count) = (head, count + 1);
            }
        }

        if (count == 1)
        {
            return (found!.Offset, found.Size);
        }

        var classifying = string.Join(", ", info.Heads.Where(head => head.IsClassification).Select(head => head.Name));
        var heads = $"{info.Name} has heads that classify: {(classifying.Length == 0 ? "none" : classifying)}";
        throw name is null
            ? (Exception)new InvalidOperationException($"{heads}; say with Feedback.Head which is fed back, or use {instead}.")
            : new ArgumentException($"Feedback.Head: {heads}, got '{name}'.", nameof(name));
    }

    // Loops: a generation allocates nothing.
    private static int VocabularyOf(ModelInfo info, int input)
    {
        for (var i = 0; i < info.Inputs.Count; i++)
        {
            if (info.Inputs[i].Kind != InputKind.Vector && input-- == 0)
            {
                return info.Inputs[i].Vocabulary;
            }
        }

        return 0;
    }
}
