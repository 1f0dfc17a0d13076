using FastRnn.Execution;

namespace FastRnn.Inference;

/// <content>Whole sequences.</content>
public sealed unsafe partial class SequenceGenerator<TModel>
{
    /// <summary>Makes the sequences that <see cref="Start"/> began: each begins with START and ends before END, or at the cap.</summary>
    /// <param name="startToken">What the first step reads.</param>
    /// <param name="endToken">What ends a sequence; -1 if nothing does.</param>
    /// <param name="tokens">Receives <c>[B, cap]</c>, each sequence in a row of its own, START and END left out.</param>
    /// <param name="lengths">Receives <c>[B]</c>: how many tokens each has.</param>
    /// <param name="sampler">Draws the tokens, for each sequence from a place of its own, so that no sequence depends on the others; null
    /// takes the most probable ones.</param>
    /// <param name="temperature">As for <see cref="Sampler.Next"/>.</param>
    /// <param name="topK">As for <see cref="Sampler.Next"/>.</param>
    /// <param name="feedback">Of a model of several inputs or heads: what is fed back, and what steps read beside it.</param>
    /// <exception cref="ArgumentException">A span has another length, both overlap, the logits are not finite, or what
    /// <paramref name="feedback"/> says does not fit the model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads vectors alone, or several inputs without
    /// <paramref name="feedback"/>, its outputs are not the tokens that it reads, <see cref="Start"/> did not come before, or a sampler is
    /// to draw from probabilities instead of logits; or another thread is in the generator, or draws with the sampler, or edits or trains
    /// the model.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Generate(
        int startToken, int endToken, Span<int> tokens, Span<int> lengths, Sampler? sampler = null, float temperature = 1, int topK = 0,
        Feedback? feedback = null)
    {
        var fed = FedToken.Of(TModel.Info, feedback, "Step");
        using var held = use.Hold(this);
        sampler?.Enter();
        try
        {
            Make(startToken, endToken, tokens, lengths, sampler, temperature, topK, fed, feedback);
        }
        finally
        {
            sampler?.Leave();
        }
    }

    private void Make(
        int startToken, int endToken, Span<int> tokens, Span<int> lengths, Sampler? sampler, float temperature, int topK, FedToken fed,
        Feedback? feedback)
    {
        var outputs = TModel.Info.OutputSize;
        Check(Count * outputs);
        FedToken.Check(TModel.Info, feedback, Count);
        FedToken.CheckSampler(TModel.Info, sampler);
        if (isSpent)
            throw new InvalidOperationException("The sequences were made already: Start begins new ones.");
        var cap = fed.Cap(startToken, endToken, tokens, lengths, Count);
        var x = feedback is null ? default : feedback.X.Span;
        var read = new Span<int>(next, Count * fed.Stride);
        fed.Fill(feedback is null ? default : feedback.Tokens.Span, read, startToken);
        ArgumentCheck.Vocabulary(read, TModel.Info, "Feedback.Tokens", Count);
        sampler?.Reserve(Count);
        isSpent = true;
        lengths.Clear();
        new Span<int>(done, Count).Clear();
        for (var (t, left) = (0, Count); t < cap && left > 0; t++)
        {
            StepInputs(x, read, new Span<float>(logits, Count * outputs));
            for (var row = 0; row < Count; row++)
            {
                if (done[row] != 0)
                    continue;
                var scores = new ReadOnlySpan<float>(logits + ((nint)row * outputs) + fed.Offset, fed.Size);
                var token = sampler?.NextOf(row, scores, temperature, topK) ?? Sampler.MostProbable(scores);
                if (token == endToken)
                {
                    (done[row], left) = (1, left - 1);
                    continue;
                }

                (tokens[(row * cap) + t], lengths[row], read[(row * fed.Stride) + fed.Input]) = (token, t + 1, token);
            }
        }

        GC.KeepAlive(this);
    }
}
